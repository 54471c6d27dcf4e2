import { inTenant } from "@/db/client";
import { listClientSecrets, listClients as queryClients } from "@/db/queries/clients";
import { demand } from "@/lib/authorize";
import { toClient } from "@/lib/clients/client";
import type { Client, ClientFilter } from "@/lib/clients/schema";
import type { Principal } from "@/lib/principal";
import { mergeCounts } from "@/lib/usage/merge";

/** A Tenant's clients, newest first, at most `limit` (1,000 unless told) after the one named. */
export async function listClients(
  principal: Principal,
  input: ClientFilter & { tenantId: string },
): Promise<Client[]> {
  demand(principal, input.tenantId, "tokens:read");
  await mergeCounts();
  const { tenantId, ...filter } = input;
  return inTenant(tenantId, async (tx) => {
    const rows = await queryClients(tx, tenantId, filter);
    const ids = rows.map((row) => row.id);
    const secrets = await listClientSecrets(tx, tenantId, ids);
    return rows.map((row) => toClient(row, secrets));
  });
}
