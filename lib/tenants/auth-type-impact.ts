import { inTenant } from "@/db/client";
import { type LiveCredential, listGoodClients, listGoodTokens } from "@/db/queries/auth-type";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { AuthTypeImpact, CredentialsInUse } from "@/lib/tenants/schema";

const week = 7 * 24 * 60 * 60 * 1000;
const namedAtMost = 5;

/**
 * Which credentials of a Tenant depend on its AuthType: those that are good now, and of these the
 * ones used within a week.
 * @throws AppError `not_found`, `forbidden`
 */
export async function getAuthTypeImpact(
  principal: Principal,
  input: { tenantId: string },
): Promise<AuthTypeImpact> {
  const { tenantId } = input;
  demand(principal, tenantId, "tenant:read");
  return inTenant(tenantId, async (tx) => ({
    tokens: inUse(await listGoodTokens(tx, tenantId)),
    clients: inUse(await listGoodClients(tx, tenantId)),
  }));
}

function inUse(rows: LiveCredential[]): CredentialsInUse {
  const recent = rows.filter(({ lastUsedAt }) => lastUsedAt && Date.now() - +lastUsedAt < week);
  return {
    good: rows.length,
    usedThisWeek: recent.length,
    named: recent.slice(0, namedAtMost).map(({ name }) => name),
  };
}
