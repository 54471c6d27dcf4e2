import { inTenant } from "@/db/client";
import { listSources, recentUse } from "@/db/queries/usage";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import { mergeCounts } from "@/lib/usage/merge";
import type { RecentUse } from "@/lib/usage/schema";
import { toSource } from "@/lib/usage/source";

/**
 * Who used a credential in the last 24 hours and 7 days: to be shown before it is revoked or
 * replaced, and during an overlap. Counted to the full hour.
 * @throws AppError `not_found`, `insufficient_scope`.
 */
export async function getRecentUse(
  principal: Principal,
  input: { tenantId: string; credentialId: string },
): Promise<RecentUse> {
  demand(principal, input.tenantId, "tokens:read");
  await mergeCounts();
  return inTenant(input.tenantId, async (tx) => {
    const row = await recentUse(tx, input);
    const sources = await listSources(tx, { ...input, since: row.weekAgo, limit: 20 });
    return {
      lastUsedAt: row.lastUsedAt,
      last24Hours: { accepted: row.accepted24, refused: row.refused24, sources: row.sources24 },
      last7Days: { accepted: row.accepted7, refused: row.refused7, sources: row.sources7 },
      sources: sources.map(toSource),
    };
  });
}
