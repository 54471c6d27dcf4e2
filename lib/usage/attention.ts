import { inTenant } from "@/db/client";
import { listAttention as queryAttention } from "@/db/queries/attention";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import { mergeCounts } from "@/lib/usage/merge";
import type { Attention } from "@/lib/usage/schema";

/**
 * What an admin of a Tenant should look at, most pressing first: `knocking` (revoked, yet called
 * within 7 days), `overlap-ending` (within 7 days), `silent` (30 days) and `never-used` credentials
 * (a day after their issue).
 * @throws AppError `not_found`, `insufficient_scope`.
 */
export async function listAttention(
  principal: Principal,
  input: { tenantId: string; limit?: number },
): Promise<Attention[]> {
  demand(principal, input.tenantId, "tokens:read");
  await mergeCounts();
  return inTenant(input.tenantId, (tx) => queryAttention(tx, input.tenantId, input.limit ?? 50));
}
