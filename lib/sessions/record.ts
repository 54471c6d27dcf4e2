import type { Transaction } from "@/db/client";
import { findMasterTenant } from "@/db/queries/tenants";
import { listMembershipsOfUser } from "@/db/queries/users";
import { type AuditAction, recordEvent } from "@/lib/audit/record";
import type { Origin, UserPrincipal } from "@/lib/principal";

/**
 * Records what a person did to their own account, on the chain of each Tenant they belong to, or
 * on the master's where they belong to none.
 */
export async function recordForUser(
  tx: Transaction,
  origin: Origin,
  user: { id: string; email: string },
  action: AuditAction,
  after?: Record<string, unknown>,
): Promise<void> {
  const memberships = await listMembershipsOfUser(tx, user.id);
  const master = memberships.length === 0 ? await findMasterTenant(tx) : null;
  const chains = master ? [master.id] : memberships.map((m) => m.tenantId).sort();
  const actor: UserPrincipal = {
    kind: "user",
    userId: user.id,
    email: user.email,
    name: user.email,
    staffRole: null,
    memberships: [],
    sessionId: "",
    origin,
  };
  for (const tenantId of chains) {
    const target = { type: "user", id: user.id, name: user.email } as const;
    await recordEvent(tx, actor, { tenantId, action, target, after });
  }
}
