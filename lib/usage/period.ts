import type { CallBucketRow, OutcomeRow } from "@/db/queries/usage";
import type { BucketSize, PeriodUsage, UsagePeriod } from "@/lib/usage/schema";

/** What a period is made of. */
export const stretches: Record<UsagePeriod, { by: BucketSize; buckets: number }> = {
  "24h": { by: "hour", buckets: 24 },
  "7d": { by: "day", buckets: 7 },
  "30d": { by: "day", buckets: 30 },
};

/** Buckets and outcomes of a period as the product speaks of them, with their sums. */
export function toPeriodUsage(
  period: UsagePeriod,
  buckets: CallBucketRow[],
  outcomes: OutcomeRow[],
): PeriodUsage {
  const total = (of: "accepted" | "refused") =>
    buckets.reduce((sum, bucket) => sum + bucket[of], 0);
  return {
    period,
    by: stretches[period].by,
    accepted: total("accepted"),
    refused: total("refused"),
    buckets,
    outcomes: outcomes as PeriodUsage["outcomes"],
  };
}
