import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { requireSession } from "@/app/session";
import { TenantChooser } from "@/components/tenants/tenant-chooser";
import { parseTheme, THEME_COOKIE } from "@/lib/browser/preferences";
import { listTenants } from "@/lib/tenants/list";
import { listMyTenants } from "@/lib/tenants/mine";

export const metadata: Metadata = { title: "Tenants" };

/** Leads to one's only Tenant, or lets one choose: members among their own, staff among all. */
export default async function HomePage() {
  const principal = await requireSession();
  const mine = await listMyTenants(principal);
  const only = mine.length === 1 && !principal.staffRole ? mine[0] : undefined;
  if (only) redirect(`/t/${only.id}`);
  const tenants = principal.staffRole ? await listTenants(principal) : mine;
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <TenantChooser
      tenants={tenants.map(({ id, name, domain, status }) => ({ id, name, domain, status }))}
      staffRole={principal.staffRole}
      user={{ name: principal.name, email: principal.email }}
      theme={theme}
    />
  );
}
