import { inTenant } from "@/db/client";
import { findClient, listClientSecrets, retireClientSecret as retire } from "@/db/queries/clients";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { toClient, withSecrets } from "@/lib/clients/client";
import type { Client } from "@/lib/clients/schema";
import { AppError, notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

/**
 * Retires one of a client's secrets for good; JWTs that it got stay good until they expire.
 * Retiring one that is retired already changes nothing and answers the same.
 * @throws AppError `not_found`; `conflict` for the only live one: add its successor first, or
 *   revoke the client.
 */
export async function retireClientSecret(
  principal: Principal,
  input: { tenantId: string; clientId: string; secretId: string },
): Promise<Client> {
  const { tenantId, clientId, secretId } = input;
  demand(principal, tenantId, "tokens:manage");
  return inTenant(tenantId, async (tx) => {
    const row = await findClient(tx, tenantId, clientId, true);
    if (!row) throw notFound("client");
    const secrets = await listClientSecrets(tx, tenantId, [row.id]);
    const secret = secrets.find(({ id }) => id === secretId);
    if (!secret) throw notFound("secret");
    const before = toClient(row, secrets);
    if (secret.retiredAt !== null) return before;
    if (before.secrets.length === 1 && row.status !== "Revoked") {
      throw new AppError(
        "conflict",
        "This is the client's only secret. Add another first, or revoke the client.",
      );
    }
    await retire(tx, tenantId, secretId);
    const client = await withSecrets(tx, row);
    await recordEvent(tx, principal, {
      tenantId,
      action: "client.secret-retired",
      target: { type: "client", id: clientId, name: row.name },
      before: { secretId, hint: secret.hint },
    });
    return client;
  });
}
