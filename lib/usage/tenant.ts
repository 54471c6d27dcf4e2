import { inTenant } from "@/db/client";
import { tenantBuckets, tenantOutcomes } from "@/db/queries/usage";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { BucketSize, TenantUsage, UsagePeriod } from "@/lib/usage/schema";

const spans: Record<UsagePeriod, { by: BucketSize; buckets: number }> = {
  "24h": { by: "hour", buckets: 24 },
  "7d": { by: "day", buckets: 7 },
  "30d": { by: "day", buckets: 30 },
};

/**
 * A Tenant's accepted and refused calls: 24 hours, 7 or 30 days (UTC), the current one included.
 * Costs the same however many credentials the Tenant has. The last second may be missing.
 * @throws AppError `not_found`, `insufficient_scope`.
 */
export async function getTenantUsage(
  principal: Principal,
  input: { tenantId: string; period: UsagePeriod },
): Promise<TenantUsage> {
  const { tenantId, period } = input;
  demand(principal, tenantId, "tokens:read");
  const { by, buckets: length } = spans[period];
  return inTenant(tenantId, async (tx) => {
    const buckets = await tenantBuckets(tx, { tenantId, by, buckets: length });
    const from = buckets[0]?.start as string;
    const outcomes = await tenantOutcomes(tx, { tenantId, from });
    const total = (of: "accepted" | "refused") =>
      buckets.reduce((sum, bucket) => sum + bucket[of], 0);
    return {
      period,
      by,
      accepted: total("accepted"),
      refused: total("refused"),
      buckets,
      outcomes: outcomes as TenantUsage["outcomes"],
    };
  });
}
