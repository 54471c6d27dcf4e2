import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** The page's name (its only h1), what it is for, and its acts. */
export function PageHeader({
  title,
  badge,
  description,
  actions,
  breadcrumb,
}: {
  title: ReactNode;
  badge?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  breadcrumb?: ReactNode;
}) {
  return (
    <header className="grid grid-cols-1 gap-1.5 pb-5">
      {breadcrumb}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-0.5">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 font-semibold text-lg">{title}</h1>
            {badge}
          </div>
          {description && <p className="max-w-170 text-muted">{description}</p>}
        </div>
        {actions && (
          <>
            {/* From the right, where one that arrives later would move those before it: all or none. */}
            <div className="not-has-[+_span]:invisible flex flex-wrap items-center gap-2">
              {actions}
            </div>
            <span hidden />
          </>
        )}
      </div>
    </header>
  );
}

/** Where this page lies; the last part is the page itself and no link. */
export function Breadcrumb({ parts }: { parts: readonly { label: ReactNode; href?: string }[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex min-w-0 flex-wrap items-center gap-x-1 text-muted text-sm">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the path's own order is its identity.
          <li key={index} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />}
            {part.href ? (
              <Link href={part.href} className="rounded-xs py-0.5 hover:text-ink hover:underline">
                {part.label}
              </Link>
            ) : (
              <span aria-current="page" className="truncate text-ink">
                {part.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
