import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { requireMember } from "@/app/session";
import { AppShell } from "@/components/shell/app-shell";
import { QueryProvider } from "@/components/shell/providers";
import { parseTheme, THEME_COOKIE } from "@/lib/browser/preferences";
import { listMyTenants } from "@/lib/tenants/mine";

/**
 * The frame of a Tenant's pages. It demands a member before anything is sent, so that a refusal
 * has its status; each page demands one again, since layouts do not run on every navigation.
 */
export default async function TenantLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ entityId: string }>;
}) {
  const { entityId } = await params;
  const { principal, tenant, standing } = await requireMember(entityId);
  const tenants = await listMyTenants(principal);
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <QueryProvider>
      <AppShell
        tenant={tenant}
        standing={standing}
        tenants={tenants}
        staffRole={principal.staffRole}
        user={{ name: principal.name, email: principal.email }}
        theme={theme}
      >
        {children}
      </AppShell>
    </QueryProvider>
  );
}
