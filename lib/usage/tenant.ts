import { inTenant } from "@/db/client";
import { tenantBuckets, tenantOutcomes } from "@/db/queries/usage";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import { mergeCounts } from "@/lib/usage/merge";
import { stretches, toPeriodUsage } from "@/lib/usage/period";
import type { PeriodUsage, UsagePeriod } from "@/lib/usage/schema";

/**
 * A Tenant's accepted and refused calls: 24 hours, 7 or 30 days (UTC), the current one included.
 * Costs the same however many credentials the Tenant has. The last second may be missing.
 * @throws AppError `not_found`, `insufficient_scope`.
 */
export async function getTenantUsage(
  principal: Principal,
  input: { tenantId: string; period: UsagePeriod },
): Promise<PeriodUsage> {
  const { tenantId, period } = input;
  demand(principal, tenantId, "tokens:read");
  await mergeCounts();
  return inTenant(tenantId, async (tx) => {
    const buckets = await tenantBuckets(tx, { tenantId, ...stretches[period] });
    const from = buckets[0]?.start as string;
    return toPeriodUsage(period, buckets, await tenantOutcomes(tx, { tenantId, from }));
  });
}
