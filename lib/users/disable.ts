import { onPlatform } from "@/db/client";
import { findMasterTenant } from "@/db/queries/tenants";
import { disableUser as disable, findUserByEmail, listMembershipsOfUser } from "@/db/queries/users";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { User } from "@/lib/users/schema";
import { toUser } from "@/lib/users/user";

/**
 * Disables a person: signed in nowhere from the next request on. Repeating it changes nothing.
 * Written to the chain of each Tenant they belong to, or to the master's.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function disableUser(principal: Principal, input: { email: string }): Promise<User> {
  demand(principal, null, "staff:manage");
  return onPlatform(async (tx) => {
    const before = await findUserByEmail(tx, input.email);
    if (!before) throw notFound("user");
    const after = await disable(tx, before.id);
    if (!after) return toUser(before);
    const memberships = await listMembershipsOfUser(tx, after.id);
    const master = await findMasterTenant(tx);
    const chains =
      memberships.length > 0 ? memberships.map((m) => m.tenantId).sort() : [master?.id];
    for (const tenantId of chains) {
      if (!tenantId) continue;
      await recordEvent(tx, principal, {
        tenantId,
        action: "user.disabled",
        target: { type: "user", id: after.id, name: after.email },
      });
    }
    return toUser(after);
  });
}
