"use client";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { isCurrent, type NavItem, tenantPages } from "./navigation";

/** The pages of a Tenant as links; the current one is marked. */
export function NavLinks({ tenantId, onNavigate }: { tenantId: string; onNavigate?: () => void }) {
  const pathname = usePathname();
  const items = tenantPages(tenantId);
  return (
    <ul className="grid gap-0.5">
      {items.map((item) => {
        const current = isCurrent(item, items, pathname);
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              onClick={onNavigate}
              aria-current={current ? "page" : undefined}
              className={cn(
                "flex h-8 items-center gap-2.5 rounded-md px-2 font-medium pointer-coarse:h-11",
                current ? "bg-pressed text-ink" : "text-muted hover:bg-hover hover:text-ink",
              )}
            >
              <NavIcon icon={item.icon} />
              {item.label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Turns into a spinner while its page is on the way; a page that comes at once shows none. */
function NavIcon({ icon: Icon }: Pick<NavItem, "icon">) {
  const { pending } = useLinkStatus();
  return (
    <span aria-hidden className="grid size-4 shrink-0 *:col-start-1 *:row-start-1">
      <Icon className={cn("size-4 transition-opacity delay-150", pending && "opacity-0")} />
      <Spinner
        className={cn("transition-opacity", pending ? "opacity-100 delay-150" : "opacity-0")}
      />
    </span>
  );
}
