import type { ReactNode } from "react";
import type { Theme } from "@/lib/browser/preferences";
import type { MyTenant, Standing, Tenant } from "@/lib/browser/tenants";
import { Frame } from "./frame";
import { ReadOnlyBanner } from "./read-only-banner";
import { StatusBanner } from "./status-banner";
import { TenantSwitcher } from "./tenant-switcher";
import type { ShellUser } from "./user-menu";

/** What is around every page of a Tenant: navigation, which Tenant, who is signed in. */
export function AppShell({
  tenant,
  standing,
  tenants,
  staffRole,
  user,
  theme,
  children,
}: {
  tenant: Tenant;
  standing: Standing;
  tenants: MyTenant[];
  staffRole: "support" | "operator" | null;
  user: ShellUser;
  theme: Theme;
  children: ReactNode;
}) {
  return (
    <Frame
      place={{ tenantId: tenant.id, canManage: standing === "admin", staffRole }}
      title={tenant.name}
      switcher={
        <TenantSwitcher
          current={{ id: tenant.id, name: tenant.name }}
          standing={standing}
          tenants={tenants}
          staff={staffRole !== null}
        />
      }
      banners={
        <>
          <ReadOnlyBanner standing={standing} />
          <StatusBanner tenant={tenant} />
        </>
      }
      user={user}
      theme={theme}
    >
      {children}
    </Frame>
  );
}
