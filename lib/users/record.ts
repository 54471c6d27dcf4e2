import type { Transaction } from "@/db/client";
import { findMasterTenant } from "@/db/queries/tenants";
import { listMembershipsOfUser } from "@/db/queries/users";
import { type AuditAction, recordEvent } from "@/lib/audit/record";
import type { Principal } from "@/lib/principal";

/**
 * Records what was done to a person's account, on the chain of each Tenant they belong to, or on the
 * master's where they belong to none. Chains are taken in one order, so that no two wait crosswise.
 */
export async function recordOfUser(
  tx: Transaction,
  principal: Principal,
  user: { id: string; email: string },
  action: AuditAction,
): Promise<void> {
  const memberships = await listMembershipsOfUser(tx, user.id);
  const master = memberships.length === 0 ? await findMasterTenant(tx) : null;
  const chains = master ? [master.id] : memberships.map((m) => m.tenantId).sort();
  for (const tenantId of chains) {
    const target = { type: "user", id: user.id, name: user.email } as const;
    await recordEvent(tx, principal, { tenantId, action, target });
  }
}
