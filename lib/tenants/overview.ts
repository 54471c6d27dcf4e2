import { inTenant } from "@/db/client";
import { countTokensByStatus } from "@/db/queries/token-pages";
import { listEvents } from "@/lib/audit/list";
import type { AuditEvent } from "@/lib/audit/schema";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import { getTenant } from "@/lib/tenants/get";
import type { Tenant } from "@/lib/tenants/schema";
import { listAttention } from "@/lib/usage/attention";
import type { Attention } from "@/lib/usage/schema";

/** A Tenant at a glance. */
export type Overview = {
  tenant: Tenant;
  tokens: { Active: number; Inactive: number; Revoked: number };
  /** What wants looking at, the most pressing first; at most twenty. */
  attention: Attention[];
  /** The latest changes, newest first; at most eight. */
  recent: AuditEvent[];
};

/**
 * A Tenant at a glance: state, tokens by status, what wants looking at, what changed last.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function getOverview(
  principal: Principal,
  input: { tenantId: string },
): Promise<Overview> {
  const { tenantId } = input;
  demand(principal, tenantId, "tenant:read");
  const [tenant, tokens, attention, recent] = await Promise.all([
    getTenant(principal, input),
    inTenant(tenantId, (tx) => countTokensByStatus(tx, tenantId)),
    listAttention(principal, { tenantId, limit: 20 }),
    listEvents(principal, { tenantId, limit: 8 }),
  ]);
  return { tenant, tokens, attention, recent };
}
