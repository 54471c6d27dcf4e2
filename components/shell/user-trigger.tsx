import type { ComponentProps } from "react";
import { Avatar } from "@/components/ui/avatar";

export type ShellUser = { name: string; email: string };

/** The button of the user menu: who is signed in, or with `compact` the avatar only. */
export function UserTrigger({
  user,
  compact,
  ...props
}: { user: ShellUser; compact: boolean } & ComponentProps<"button">) {
  if (compact) {
    return (
      <button type="button" aria-label="Account" {...props} className="tap rounded-full p-1">
        <Avatar name={user.name} className="size-7" />
      </button>
    );
  }
  return (
    <button
      type="button"
      aria-label={`Account: ${user.name}`}
      {...props}
      className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-2 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <Avatar name={user.name} />
      <span className="grid min-w-0 leading-4">
        <span className="truncate font-medium text-sm">{user.name}</span>
        <span className="truncate text-faint text-xs">{user.email}</span>
      </span>
    </button>
  );
}
