import Link from "next/link";
import type { ReactNode } from "react";
import { PaletteButton, PaletteHost, PaletteIconButton } from "@/components/palette/palette-host";
import type { Theme } from "@/lib/browser/preferences";
import { Mark } from "./mark";
import { MobileNav } from "./mobile-nav";
import { NavLinks } from "./nav-links";
import type { Place } from "./navigation";
import { ShownWhole } from "./shown-whole";
import { SkipLink } from "./skip-link";
import { UserButton } from "./user-button";
import type { ShellUser } from "./user-trigger";

/** What is around every page behind the sign-in: navigation, where one is, who is signed in. */
export function Frame({
  place,
  title,
  switcher,
  banners,
  user,
  theme,
  children,
}: {
  place: Place;
  /** Where one is, at the top of a phone. */
  title: string;
  /** Above the navigation. */
  switcher?: ReactNode;
  /** Above the page, at its full width. */
  banners?: ReactNode;
  user: ShellUser;
  theme: Theme;
  children: ReactNode;
}) {
  return (
    <PaletteHost place={place}>
      <ShownWhole>
        <div className="md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
          <SkipLink />
          <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-line border-b bg-canvas px-2 md:hidden">
            <MobileNav place={place}>{switcher}</MobileNav>
            <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
            <PaletteIconButton />
            <UserButton user={user} theme={theme} compact />
          </header>
          <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-line border-r px-3 py-3.5 md:flex">
            <Link
              href="/"
              className="flex w-fit items-center gap-2 whitespace-nowrap rounded-sm px-1.5 font-semibold text-sm"
            >
              <Mark />
              ServiceBroker Access
            </Link>
            {switcher}
            <PaletteButton />
            <div className="min-h-0 flex-1 overflow-y-auto">
              <NavLinks place={place} />
            </div>
            <UserButton user={user} theme={theme} />
          </aside>
          <div className="min-w-0">
            {banners}
            <main id="content" tabIndex={-1} className="outline-none">
              <div className="mx-auto max-w-290 px-4 py-5 sm:px-8 sm:py-7">{children}</div>
            </main>
          </div>
        </div>
      </ShownWhole>
    </PaletteHost>
  );
}
