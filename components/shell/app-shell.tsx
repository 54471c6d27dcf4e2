import Link from "next/link";
import type { ReactNode } from "react";
import type { Theme } from "@/lib/browser/preferences";
import type { MyTenant, Standing, Tenant } from "@/lib/browser/tenants";
import { Mark } from "./mark";
import { MobileNav } from "./mobile-nav";
import { NavLinks } from "./nav-links";
import { StatusBanner } from "./status-banner";
import { TenantSwitcher } from "./tenant-switcher";
import { type ShellUser, UserMenu } from "./user-menu";

/** What is around every page of a Tenant: navigation, which Tenant, who is signed in. */
export function AppShell({
  tenant,
  standing,
  tenants,
  staff,
  user,
  theme,
  children,
}: {
  tenant: Tenant;
  standing: Standing;
  tenants: MyTenant[];
  staff: boolean;
  user: ShellUser;
  theme: Theme;
  children: ReactNode;
}) {
  const current = { id: tenant.id, name: tenant.name };
  const switcher = (
    <TenantSwitcher current={current} standing={standing} tenants={tenants} staff={staff} />
  );
  return (
    <div className="md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-overlay focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-line border-b bg-canvas px-2 md:hidden">
        <MobileNav tenantId={tenant.id}>{switcher}</MobileNav>
        <span className="min-w-0 flex-1 truncate font-medium">{tenant.name}</span>
        <UserMenu user={user} theme={theme} compact />
      </header>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-line border-r px-3 py-3.5 md:flex">
        <Link href="/" className="flex w-fit items-center gap-2 rounded-sm px-1.5 font-semibold">
          <Mark />
          ServiceBroker Access
        </Link>
        {switcher}
        <nav aria-label="Tenant" className="min-h-0 flex-1 overflow-y-auto">
          <NavLinks tenantId={tenant.id} />
        </nav>
        <UserMenu user={user} theme={theme} />
      </aside>
      <div className="min-w-0">
        <StatusBanner tenant={tenant} />
        <main id="content" tabIndex={-1} className="outline-none">
          <div className="mx-auto max-w-290 px-4 py-5 sm:px-8 sm:py-7">{children}</div>
        </main>
      </div>
    </div>
  );
}
