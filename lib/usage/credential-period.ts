import { inTenant } from "@/db/client";
import { credentialOutcomes, credentialStretch, listSources } from "@/db/queries/usage";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import { keptSources, mergeCounts } from "@/lib/usage/merge";
import { stretches, toPeriodUsage } from "@/lib/usage/period";
import type { CredentialPeriod, UsagePeriod } from "@/lib/usage/schema";
import { toSource } from "@/lib/usage/source";

/**
 * Accepted and refused calls of one token or client: 24 hours, 7 or 30 days (UTC), the current one
 * included; and every source that is kept of it. An unknown credential has no calls.
 * @throws AppError `not_found`, `insufficient_scope`.
 */
export async function getCredentialPeriod(
  principal: Principal,
  input: { tenantId: string; credentialId: string; period: UsagePeriod },
): Promise<CredentialPeriod> {
  const { tenantId, credentialId, period } = input;
  demand(principal, tenantId, "tokens:read");
  await mergeCounts();
  const of = { tenantId, credentialId };
  return inTenant(tenantId, async (tx) => {
    const buckets = await credentialStretch(tx, { ...of, ...stretches[period] });
    const from = buckets[0]?.start as string;
    const outcomes = await credentialOutcomes(tx, { ...of, from });
    const ever = { since: "-infinity", limit: keptSources + 1 };
    const sources = await listSources(tx, { ...of, ...ever });
    return { ...toPeriodUsage(period, buckets, outcomes), sources: sources.map(toSource) };
  });
}
