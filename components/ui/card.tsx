import { Children, type ReactNode } from "react";
import { cn } from "./cn";

/** A framed part of a page, with a heading and, at its right, acts. */
export function Card({
  title,
  description,
  actions,
  flush = false,
  className,
  children,
}: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Content reaches the frame: lists and tables. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={cn("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title && (
        <header
          className={cn(
            "flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-3",
            flush ? "border-line border-b pb-3" : "pb-1",
          )}
        >
          <div className="min-w-0">
            <h2 className="font-semibold text-base">{title}</h2>
            {description && <p className="text-muted text-sm">{description}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={flush ? undefined : "px-4 pt-2 pb-4"}>{children}</div>
    </section>
  );
}

/** Facts, a name and a value each; names line up on a desktop. */
export function KeyValues({
  items,
  narrow = false,
}: {
  items: readonly { label: ReactNode; value: ReactNode }[];
  /** In a side column: names take no more room than they need. */
  narrow?: boolean;
}) {
  return (
    <dl
      className={cn(
        "grid gap-y-2.5",
        narrow
          ? "gap-x-4 sm:grid-cols-[max-content_minmax(0,1fr)]"
          : "gap-x-6 sm:grid-cols-[minmax(7rem,max-content)_minmax(0,1fr)]",
      )}
    >
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is written out by its caller.
        <div key={index} className="sm:contents">
          <dt className="text-muted">{item.label}</dt>
          <dd className="wrap-anywhere min-w-0">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One figure and what it counts. */
export function Stat({
  label,
  value,
  note,
}: {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
}) {
  return (
    <div className="grid content-start gap-0.5 px-4 py-3">
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-semibold text-xl">{value}</dd>
      {note && <dd className="text-muted text-sm">{note}</dd>}
    </div>
  );
}

/** Figures side by side in one frame; on a phone two abreast, or three where there are three. */
export function Stats({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl
      aria-label={label}
      className={cn(
        "grid gap-px overflow-hidden rounded-lg border border-line bg-line *:bg-surface md:grid-flow-col md:auto-cols-fr md:grid-cols-none",
        Children.count(children) === 3
          ? "grid-cols-3 max-sm:*:px-3 max-sm:[&_dt]:text-xs"
          : "grid-cols-2 max-md:*:last:odd:col-span-2",
      )}
    >
      {children}
    </dl>
  );
}
