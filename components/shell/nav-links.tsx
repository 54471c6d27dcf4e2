"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { isCurrent, type NavItem, type Place, pagesOf } from "./navigation";
import { PendingIcon } from "./pending-icon";

/** The pages that a person may go to as links, in groups; the current one is marked. */
export function NavLinks({ place, onNavigate }: { place: Place; onNavigate?: () => void }) {
  const pathname = usePathname();
  const groups = pagesOf(place);
  return (
    <div className="grid gap-5">
      {groups.map(({ label, items }) => (
        <nav key={label} aria-label={label}>
          {groups.length > 1 && (
            <p aria-hidden className="px-2 pb-1 text-faint text-xs">
              {label}
            </p>
          )}
          <ul className="grid gap-0.5">
            {items.map((item) => (
              <NavLink
                key={item.href}
                item={item}
                current={isCurrent(item, items, pathname)}
                onNavigate={onNavigate}
              />
            ))}
          </ul>
        </nav>
      ))}
    </div>
  );
}

function NavLink({
  item,
  current,
  onNavigate,
}: {
  item: NavItem;
  current: boolean;
  onNavigate?: () => void;
}) {
  return (
    <li>
      <Link
        href={item.href}
        onClick={onNavigate}
        aria-current={current ? "page" : undefined}
        className={cn(
          "flex h-8 items-center gap-2.5 rounded-md px-2 font-medium pointer-coarse:h-11",
          current ? "bg-pressed text-ink" : "text-muted hover:bg-hover hover:text-ink",
        )}
      >
        <PendingIcon icon={item.icon} />
        {item.label}
      </Link>
    </li>
  );
}
