"use client";
import { CircleUser, LogOut } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { ThemeMenuItems } from "@/components/ui/theme-choice";
import type { Theme } from "@/lib/browser/preferences";
import { leave } from "./leave";
import { PendingIcon } from "./pending-icon";
import { type ShellUser, UserTrigger } from "./user-trigger";

export type { ShellUser };

/** Who is signed in, the theme, and the way out. */
export function UserMenu({
  user,
  theme,
  compact = false,
  defaultOpen,
}: {
  user: ShellUser;
  theme: Theme;
  /** The avatar only. */
  compact?: boolean;
  defaultOpen?: boolean;
}) {
  const pathname = usePathname();
  const [leaving, setLeaving] = useState(false);
  const signOut = async () => {
    setLeaving(true);
    setLeaving(await leave());
  };
  return (
    <Menu
      align={compact ? "end" : "start"}
      side={compact ? "bottom" : "top"}
      className="w-56"
      trigger={<UserTrigger user={user} compact={compact} />}
      defaultOpen={defaultOpen}
    >
      <div className="grid px-2 pt-1 pb-1.5">
        <span className="truncate font-medium">{user.name}</span>
        <span className="truncate text-muted text-sm">{user.email}</span>
      </div>
      {/* The menu stays until the page is there, so that it is seen to be on its way. */}
      <MenuItem asChild onSelect={(event) => pathname !== "/account" && event.preventDefault()}>
        <Link href="/account">
          <PendingIcon icon={CircleUser} />
          Account
        </Link>
      </MenuItem>
      <MenuSeparator />
      <ThemeMenuItems initial={theme} />
      <MenuSeparator />
      <MenuItem
        icon={<LogOut aria-hidden />}
        disabled={leaving}
        onSelect={(event) => {
          event.preventDefault();
          void signOut();
        }}
      >
        {leaving ? "Signing out…" : "Sign out"}
      </MenuItem>
    </Menu>
  );
}
