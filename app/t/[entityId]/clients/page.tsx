import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { requireMember } from "@/app/session";
import { ClientsPage } from "@/components/clients/clients-page";
import { authTypeQuery, clientsQuery } from "@/lib/browser/clients";
import { listClients } from "@/lib/clients/list";
import { settings } from "@/lib/settings";
import { readAuthType } from "@/lib/tenants/auth-type";

export const metadata: Metadata = { title: "Clients" };

export default async function Page({ params }: { params: Promise<{ entityId: string }> }) {
  const { entityId } = await params;
  const { principal, tenant, standing } = await requireMember(entityId);
  const [clients, authType] = await Promise.all([
    listClients(principal, { tenantId: tenant.id }),
    readAuthType(principal, { tenantId: tenant.id }),
  ]);
  return (
    <Prefetched
      data={[
        [clientsQuery(tenant.id).queryKey, clients],
        [authTypeQuery(tenant.id).queryKey, authType],
      ]}
    >
      <ClientsPage
        tenant={{ id: tenant.id, isMaster: tenant.isMaster }}
        canManage={standing === "admin"}
        tokenUrl={`${settings().publicUrl}/oauth2/token`}
      />
    </Prefetched>
  );
}
