import { inTenant } from "@/db/client";
import { updateClient as changeClient, findClient } from "@/db/queries/clients";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { withSecrets } from "@/lib/clients/client";
import type { Client, UpdateClientInput } from "@/lib/clients/schema";
import { AppError, notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

/**
 * Renames, activates or deactivates a client; each change that changes something is an audit
 * event. The JWTs of a client that is not active are refused.
 * @throws AppError `not_found`; `conflict` for a revoked client's state, which is final.
 */
export async function updateClient(
  principal: Principal,
  input: UpdateClientInput & { tenantId: string; clientId: string },
): Promise<Client> {
  const { tenantId, clientId } = input;
  demand(principal, tenantId, "tokens:manage");
  return inTenant(tenantId, async (tx) => {
    const before = await findClient(tx, tenantId, clientId, true);
    if (!before) throw notFound("client");
    const renamed = input.name !== undefined && input.name !== before.name;
    const switched = input.active !== undefined && input.active !== (before.status === "Active");
    if (switched && before.status === "Revoked") {
      throw new AppError("conflict", "This client is revoked, which is final. Create a new one.");
    }
    if (!renamed && !switched) return withSecrets(tx, before);
    const change = { name: input.name, active: input.active };
    const after = await changeClient(tx, tenantId, clientId, change);
    const client = await withSecrets(tx, after);
    const target = { type: "client", id: clientId, name: after.name } as const;
    if (renamed) {
      await recordEvent(tx, principal, {
        tenantId,
        action: "client.renamed",
        target,
        before: { name: before.name },
        after: { name: after.name },
      });
    }
    if (switched) {
      await recordEvent(tx, principal, {
        tenantId,
        action: after.active ? "client.activated" : "client.deactivated",
        target,
        before: { active: before.active },
        after: { active: after.active },
      });
    }
    return client;
  });
}
