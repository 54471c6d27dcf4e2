import Link from "next/link";
import type { ReactNode } from "react";
import { PaletteHost, PaletteIconButton } from "@/components/palette/palette-host";
import type { Theme } from "@/lib/browser/preferences";
import { Mark } from "./mark";
import { ShownWhole } from "./shown-whole";
import { SkipLink } from "./skip-link";
import { UserButton } from "./user-button";
import type { ShellUser } from "./user-trigger";

/** What is around a page that belongs to no Tenant: the way home, and who is signed in. */
export function TopFrame({
  staffRole,
  user,
  theme,
  children,
}: {
  staffRole: "support" | "operator" | null;
  user: ShellUser;
  theme: Theme;
  children: ReactNode;
}) {
  return (
    <PaletteHost place={{ staffRole }}>
      <ShownWhole>
        <SkipLink />
        <header className="flex h-13 items-center gap-2 border-line border-b px-4">
          <Link href="/" className="mr-auto flex items-center gap-2 rounded-sm font-semibold">
            <Mark />
            ServiceBroker Access
          </Link>
          <PaletteIconButton />
          <UserButton user={user} theme={theme} compact />
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto max-w-220 px-4 py-7 outline-none sm:px-8"
        >
          {children}
        </main>
      </ShownWhole>
    </PaletteHost>
  );
}
