import {
  AppWindow,
  Ban,
  Building2,
  FileKey,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  Search,
  Settings,
  UserCog,
  Users,
} from "lucide-react";

export type NavItem = { label: string; href: string; icon: LucideIcon };
export type NavGroup = { label: string; items: NavItem[] };

/** Where a person is and what they are: decides which pages and acts are offered. */
export type Place = {
  tenantId?: string;
  /** Whether they may change the Tenant. */
  canManage?: boolean;
  staffRole: "support" | "operator" | null;
};

/** The pages of a Tenant, in the order of the navigation. */
export const tenantPages = (tenantId: string): NavItem[] => [
  { label: "Overview", href: `/t/${tenantId}`, icon: LayoutDashboard },
  { label: "Tokens", href: `/t/${tenantId}/tokens`, icon: KeyRound },
  { label: "Clients", href: `/t/${tenantId}/clients`, icon: AppWindow },
  { label: "Audit", href: `/t/${tenantId}/audit`, icon: ScrollText },
  { label: "Members", href: `/t/${tenantId}/members`, icon: Users },
  { label: "Settings", href: `/t/${tenantId}/settings`, icon: Settings },
];

const searchPage = { label: "Search", href: "/support", icon: Search };
const refusalsPage = { label: "Refused calls", href: "/support/refusals", icon: Ban };
const supportPages: NavItem[] = [
  searchPage,
  { label: "Tenants", href: "/support/tenants", icon: Building2 },
  refusalsPage,
];

const operatorPages: NavItem[] = [
  { label: "Tenants", href: "/operator", icon: Building2 },
  { label: "Staff accounts", href: "/operator/staff", icon: UserCog },
  { label: "Signing keys", href: "/operator/keys", icon: FileKey },
];

/** The pages to offer, in groups: the Tenant's, then support's, then the operator's. */
export function pagesOf({ tenantId, staffRole }: Place): NavGroup[] {
  return [
    ...(tenantId ? [{ label: "Tenant", items: tenantPages(tenantId) }] : []),
    ...(staffRole === "support" ? [{ label: "Support", items: supportPages }] : []),
    // An operator's list of Tenants is support's, with acts.
    ...(staffRole === "operator"
      ? [
          { label: "Support", items: [searchPage, refusalsPage] },
          { label: "Operator", items: operatorPages },
        ]
      : []),
  ];
}

/** Whether a page, or one below it, is being looked at. */
export function isCurrent(item: NavItem, items: NavItem[], pathname: string): boolean {
  const inside = (href: string) => pathname === href || pathname.startsWith(`${href}/`);
  const longer = items.some((other) => other.href.length > item.href.length && inside(other.href));
  return inside(item.href) && !longer;
}
