import {
  AppWindow,
  Building2,
  CircleUser,
  Copy,
  KeyRound,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  RefreshCw,
  Sun,
  UserPlus,
} from "lucide-react";
import { leave } from "@/components/shell/leave";
import { type Place, pagesOf } from "@/components/shell/navigation";
import { copyText } from "@/components/ui/copy-text";
import { applyTheme } from "@/lib/browser/preferences";

/** A page to open or an act to do. */
export type Entry = {
  label: string;
  /** What else it goes by. */
  words?: string;
  /** Where it belongs, beside it. */
  hint?: string;
  icon: LucideIcon;
} & ({ href: string } | { run: () => void });

/** The pages that a person may go to from a place. */
export function pageEntries(place: Place): Entry[] {
  const pages = pagesOf(place).flatMap(({ label, items }) =>
    items.map((item) => ({ ...item, hint: label === "Tenant" ? undefined : label })),
  );
  return [
    ...pages,
    { label: "Account", words: "password two-step sessions", href: "/account", icon: CircleUser },
    { label: "All Tenants", words: "home switch", href: "/", icon: Building2 },
  ];
}

/** What a person may do from a place. What opens a dialog goes to its page, which opens it. */
export function actEntries({ tenantId, canManage, staffRole }: Place): Entry[] {
  const tenant = `/t/${tenantId}`;
  return [
    ...(tenantId && canManage
      ? [
          {
            label: "Issue token",
            words: "new",
            href: `${tenant}/tokens?act=issue`,
            icon: KeyRound,
          },
          {
            label: "Create client",
            words: "new",
            href: `${tenant}/clients?act=create`,
            icon: AppWindow,
          },
          {
            label: "Invite a member",
            words: "new person add",
            href: `${tenant}/members?act=invite`,
            icon: UserPlus,
          },
        ]
      : []),
    ...(staffRole === "operator"
      ? [
          {
            label: "Provision Tenant",
            words: "new create",
            href: "/operator?act=provision",
            icon: Building2,
          },
          {
            label: "Add staff account",
            words: "new create support operator",
            href: "/operator/staff?act=create",
            icon: UserPlus,
          },
          {
            label: "Rotate signing key",
            words: "keys",
            href: "/operator/keys?act=rotate",
            icon: RefreshCw,
          },
        ]
      : []),
    ...(tenantId
      ? [
          {
            label: "Copy EntityId",
            words: "Tenant",
            icon: Copy,
            run: () => void copyText("EntityId", tenantId),
          },
        ]
      : []),
    { label: "Theme: light", words: "mode", icon: Sun, run: () => applyTheme("light") },
    { label: "Theme: dark", words: "mode", icon: Moon, run: () => applyTheme("dark") },
    { label: "Theme: system", words: "mode", icon: Monitor, run: () => applyTheme("system") },
    { label: "Sign out", words: "leave log", icon: LogOut, run: () => void leave() },
  ];
}
