import { inTenant, type Transaction } from "@/db/client";
import { findClient } from "@/db/queries/clients";
import { findTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { createSecret, withSecrets } from "@/lib/clients/client";
import { type ClientWithSecret, mostSecrets } from "@/lib/clients/schema";
import { AppError, notFound } from "@/lib/errors";
import { once } from "@/lib/idempotency/once";
import type { Principal } from "@/lib/principal";
import { grantScopes } from "@/lib/tokens/grant";
import { scopeSchema } from "@/lib/tokens/schema";

/**
 * Gives a client another secret; the one before stays good until it is retired.
 * @throws AppError `not_found`; `conflict` for a revoked client and for one with two live secrets;
 *   `insufficient_scope` where the client holds a scope that the caller lacks, since whoever sees
 *   the secret can use it.
 */
export async function addClientSecret(
  principal: Principal,
  input: { tenantId: string; clientId: string; idempotencyKey?: string },
): Promise<ClientWithSecret> {
  const { idempotencyKey: key, tenantId, clientId } = input;
  demand(principal, tenantId, "tokens:manage");
  const call = { key, tenantId, action: "client.secret-added", input: { clientId } };
  const add = async (tx: Transaction): Promise<ClientWithSecret> => {
    const tenant = await findTenant(tx, tenantId);
    const row = tenant && (await findClient(tx, tenantId, clientId, true));
    if (!tenant || !row) throw notFound("client");
    if (row.status === "Revoked") throw new AppError("conflict", "This client is revoked.");
    grantScopes(principal, tenant.isMaster, scopeSchema.array().parse(row.scopes));
    const before = await withSecrets(tx, row);
    if (before.secrets.length >= mostSecrets) {
      throw new AppError(
        "conflict",
        `This client has ${mostSecrets} live secrets. Retire one first.`,
      );
    }
    const { row: made, secret } = await createSecret(tx, row);
    const client = await withSecrets(tx, row);
    await recordEvent(tx, principal, {
      tenantId,
      action: "client.secret-added",
      target: { type: "client", id: clientId, name: row.name },
      after: { secretId: made.id, hint: made.hint },
    });
    return { ...client, secret, secretId: made.id };
  };
  return inTenant(tenantId, (tx) => once(tx, principal, call, () => add(tx)));
}
