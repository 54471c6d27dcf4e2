import { inTenant } from "@/db/client";
import { credentialBuckets, listSources, resolveSpan } from "@/db/queries/usage";
import { demand } from "@/lib/authorize";
import { AppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { keptSources, mergeCounts } from "@/lib/usage/merge";
import type { CredentialUsage, CredentialUsageQuery } from "@/lib/usage/schema";
import { toSource } from "@/lib/usage/source";

const day = 24 * 60 * 60 * 1000;
/** The longest span of one answer, in days. */
const longest = { hour: 31, day: 1100 };

/**
 * Calls of one token or client by hour or day (UTC) and outcome, and where they came from.
 * Hours are kept for 30 days (a setting); what is older comes by day even where hours are asked for.
 * The last second may be missing.
 * @throws AppError `not_found`, `invalid_request` for a span that is too long or ends before it begins.
 */
export async function getCredentialUsage(
  principal: Principal,
  input: CredentialUsageQuery & { tenantId: string; credentialId: string },
): Promise<CredentialUsage> {
  const { tenantId, credentialId, by = "hour" } = input;
  demand(principal, tenantId, "tokens:read");
  await mergeCounts();
  return inTenant(tenantId, async (tx) => {
    const span = await resolveSpan(tx, {
      from: input.from ? new Date(input.from) : null,
      to: input.to ? new Date(input.to) : null,
      by,
    });
    const { from, to } = span;
    const length = Date.parse(to) - Date.parse(from);
    if (length < 0) throw wrong("?from", "Must not be later than to.");
    if (length > (longest[by] + 1) * day) {
      throw wrong("?from", `At most ${longest[by]} days by ${by}.`);
    }
    const buckets = await credentialBuckets(tx, { tenantId, credentialId, from, to, by });
    const sources = await listSources(tx, {
      tenantId,
      credentialId,
      since: from,
      limit: keptSources + 1,
    });
    return {
      from,
      to,
      by,
      buckets: buckets as CredentialUsage["buckets"],
      sources: sources.map(toSource),
    };
  });
}

const wrong = (path: string, message: string) =>
  new AppError("invalid_request", `${path}: ${message}`, { issues: [{ path, message }] });
