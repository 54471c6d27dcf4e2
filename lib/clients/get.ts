import { inTenant } from "@/db/client";
import { findClient } from "@/db/queries/clients";
import { demand } from "@/lib/authorize";
import { withSecrets } from "@/lib/clients/client";
import type { Client } from "@/lib/clients/schema";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { mergeCounts } from "@/lib/usage/merge";

/** One client of a Tenant. @throws AppError `not_found`; another Tenant's looks the same. */
export async function getClient(
  principal: Principal,
  input: { tenantId: string; clientId: string },
): Promise<Client> {
  demand(principal, input.tenantId, "tokens:read");
  await mergeCounts();
  return inTenant(input.tenantId, async (tx) => {
    const row = await findClient(tx, input.tenantId, input.clientId);
    if (!row) throw notFound("client");
    return withSecrets(tx, row);
  });
}
