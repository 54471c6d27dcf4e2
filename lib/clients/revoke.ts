import { inTenant } from "@/db/client";
import { findClient, updateClient } from "@/db/queries/clients";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { withSecrets } from "@/lib/clients/client";
import type { Client } from "@/lib/clients/schema";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

/**
 * Revokes a client for good: once this returns, no instance accepts its secrets or its JWTs.
 * Revoking one that is revoked already changes nothing and answers the same.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function revokeClient(
  principal: Principal,
  input: { tenantId: string; clientId: string },
): Promise<Client> {
  const { tenantId, clientId } = input;
  demand(principal, tenantId, "tokens:manage");
  return inTenant(tenantId, async (tx) => {
    const before = await findClient(tx, tenantId, clientId, true);
    if (!before) throw notFound("client");
    if (before.status === "Revoked") return withSecrets(tx, before);
    const after = await updateClient(tx, tenantId, clientId, { revoked: true });
    const client = await withSecrets(tx, after);
    await recordEvent(tx, principal, {
      tenantId,
      action: "client.revoked",
      target: { type: "client", id: clientId, name: after.name },
      before: { status: before.status },
      after: { status: after.status },
    });
    return client;
  });
}
