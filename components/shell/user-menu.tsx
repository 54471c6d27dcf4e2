"use client";
import { CircleUser, LogOut } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { ThemeMenuItems } from "@/components/ui/theme-choice";
import { toast } from "@/components/ui/toast";
import type { Theme } from "@/lib/browser/preferences";
import { signOut } from "@/lib/browser/session";

export type ShellUser = { name: string; email: string };

/** Who is signed in, the theme, and the way out. */
export function UserMenu({
  user,
  theme,
  compact = false,
}: {
  user: ShellUser;
  theme: Theme;
  /** The avatar only. */
  compact?: boolean;
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
      trigger={
        compact ? (
          <button type="button" aria-label="Account" className="tap rounded-full p-1">
            <Avatar name={user.name} className="size-7" />
          </button>
        ) : (
          <button
            type="button"
            aria-label={`Account: ${user.name}`}
            className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-2 text-left hover:bg-hover data-[state=open]:bg-hover"
          >
            <Avatar name={user.name} />
            <span className="grid min-w-0 leading-4">
              <span className="truncate font-medium text-sm">{user.name}</span>
              <span className="truncate text-faint text-xs">{user.email}</span>
            </span>
          </button>
        )
      }
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
