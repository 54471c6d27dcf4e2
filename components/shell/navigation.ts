import {
  AppWindow,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Settings,
  Users,
} from "lucide-react";

export type NavItem = { label: string; href: string; icon: LucideIcon };

/** The pages of a Tenant, in the order of the navigation. */
export const tenantPages = (tenantId: string): NavItem[] => [
  { label: "Overview", href: `/t/${tenantId}`, icon: LayoutDashboard },
  { label: "Tokens", href: `/t/${tenantId}/tokens`, icon: KeyRound },
  { label: "Clients", href: `/t/${tenantId}/clients`, icon: AppWindow },
  { label: "Members", href: `/t/${tenantId}/members`, icon: Users },
  { label: "Settings", href: `/t/${tenantId}/settings`, icon: Settings },
];

/** Whether a page, or one below it, is being looked at. */
export function isCurrent(item: NavItem, items: NavItem[], pathname: string): boolean {
  const inside = (href: string) => pathname === href || pathname.startsWith(`${href}/`);
  const longer = items.some((other) => other.href.length > item.href.length && inside(other.href));
  return inside(item.href) && !longer;
}
