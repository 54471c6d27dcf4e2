"use client";
import { CircleUser, LogOut } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { ThemeMenuItems } from "@/components/ui/theme-choice";
import { toast } from "@/components/ui/toast";
import type { Theme } from "@/lib/browser/preferences";
import { signOut } from "@/lib/browser/session";
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
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    try {
      await signOut();
    } catch {
      setLeaving(false);
      toast.error("You are still signed in", { description: "The server can't be reached." });
    }
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
      <MenuItem asChild>
        <Link href="/account">
          <CircleUser aria-hidden />
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
          void leave();
        }}
      >
        {leaving ? "Signing out…" : "Sign out"}
      </MenuItem>
    </Menu>
  );
}
