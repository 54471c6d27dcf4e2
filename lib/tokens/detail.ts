import { inTenant } from "@/db/client";
import { findIssueEvent } from "@/db/queries/audit";
import { findToken } from "@/db/queries/tokens";
import { toAuditEvent } from "@/lib/audit/event";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { TokenDetail } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";
import { mergeCounts } from "@/lib/usage/merge";

/**
 * One token of a Tenant with its neighbours in the chain of replacements and the event that made
 * it.
 * @throws AppError `not_found`; another Tenant's looks the same. `forbidden`, `insufficient_scope`.
 */
export async function getTokenDetail(
  principal: Principal,
  input: { tenantId: string; tokenId: string },
): Promise<TokenDetail> {
  const { tenantId, tokenId } = input;
  demand(principal, tenantId, "tokens:read");
  demand(principal, tenantId, "audit:read");
  await mergeCounts();
  return inTenant(tenantId, async (tx) => {
    const row = await findToken(tx, tenantId, tokenId);
    if (!row) throw notFound("token");
    const neighbour = async (id: string | null) => {
      const found = id && (await findToken(tx, tenantId, id));
      return found ? toToken(found) : null;
    };
    const issue = await findIssueEvent(tx, { tenantId, tokenId, replaces: row.replaces });
    return {
      ...toToken(row),
      predecessor: await neighbour(row.replaces),
      successor: await neighbour(row.replacedBy),
      issue: issue && toAuditEvent(issue),
    };
  });
}
