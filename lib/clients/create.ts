import { v7 as uuidv7 } from "uuid";
import { inTenant, type Transaction } from "@/db/client";
import { countLiveClients, insertClient } from "@/db/queries/clients";
import { findTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { createSecret, generateClientId, withSecrets } from "@/lib/clients/client";
import type { ClientWithSecret, CreateClientInput } from "@/lib/clients/schema";
import { AppError, notFound } from "@/lib/errors";
import { once } from "@/lib/idempotency/once";
import type { Principal } from "@/lib/principal";
import { leastScopes } from "@/lib/scopes";
import { settings } from "@/lib/settings";
import { grantScopes } from "@/lib/tokens/grant";

/**
 * Creates a client of a Tenant with its first secret.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`, `conflict` at the limit.
 */
export async function createClient(
  principal: Principal,
  input: CreateClientInput & { tenantId: string; idempotencyKey?: string },
): Promise<ClientWithSecret> {
  const { idempotencyKey: key, ...wanted } = input;
  const { tenantId } = wanted;
  demand(principal, tenantId, "tokens:manage");
  const call = { key, tenantId, action: "client.created", input: wanted };
  const create = async (tx: Transaction): Promise<ClientWithSecret> => {
    // Locked so that two calls at once can't both take the last free place.
    const tenant = await findTenant(tx, tenantId, true);
    if (!tenant || tenant.status === "deleted") throw notFound("Tenant");
    const scopes = grantScopes(principal, tenant.isMaster, wanted.scopes ?? leastScopes);
    const most = settings().BROKER_CLIENTS_PER_TENANT;
    if ((await countLiveClients(tx, tenant.id)) >= most) {
      throw new AppError(
        "conflict",
        `This Tenant holds ${most} clients, the most it may. Revoke one first.`,
      );
    }
    const row = await insertClient(tx, {
      id: uuidv7(),
      tenantId: tenant.id,
      clientId: generateClientId(),
      name: wanted.name,
      scopes,
      active: wanted.active ?? true,
    });
    const { row: made, secret } = await createSecret(tx, row);
    const client = await withSecrets(tx, row);
    await recordEvent(tx, principal, {
      tenantId: tenant.id,
      action: "client.created",
      target: { type: "client", id: row.clientId, name: row.name },
      after: { name: row.name, scopes, active: row.active, secret: made.hint },
    });
    return { ...client, secret, secretId: made.id };
  };
  return inTenant(tenantId, (tx) => once(tx, principal, call, () => create(tx)));
}
