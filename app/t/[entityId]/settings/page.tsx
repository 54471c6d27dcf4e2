import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { SettingsPage } from "@/components/settings/settings-page";
import { authTypeQuery } from "@/lib/browser/clients";
import { tenantQuery } from "@/lib/browser/settings";
import { readAuthType } from "@/lib/tenants/auth-type";

export const metadata: Metadata = { title: "Settings" };

export default async function Page({ params }: { params: Promise<{ entityId: string }> }) {
  const { entityId } = await params;
  const { principal, tenant, standing } = await requireMember(entityId);
  const authType = await readAuthType(principal, { tenantId: tenant.id });
  return (
    <Prefetched
      data={[
        [tenantQuery(tenant.id).queryKey, tenant],
        [authTypeQuery(tenant.id).queryKey, authType],
      ]}
    >
      <SettingsPage tenantId={tenant.id} canManage={standing === "admin"} />
    </Prefetched>
  );
}
