"use client";
import { Deferred, lazyOverlay } from "@/components/ui/deferred";
import type { Theme } from "@/lib/browser/preferences";
import { type ShellUser, UserTrigger } from "./user-trigger";

const overlay = lazyOverlay(async () => ({ default: (await import("./user-menu")).UserMenu }));

/** Who is signed in; pressed, the menu of it. */
export function UserButton({
  user,
  theme,
  compact = false,
}: {
  user: ShellUser;
  theme: Theme;
  compact?: boolean;
}) {
  return (
    <Deferred
      overlay={overlay}
      popup="menu"
      trigger={<UserTrigger user={user} compact={compact} />}
    >
      <overlay.Component user={user} theme={theme} compact={compact} defaultOpen />
    </Deferred>
  );
}
