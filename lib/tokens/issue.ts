import { inTenant } from "@/db/client";
import { findTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { leastScopes } from "@/lib/scopes";
import { createToken } from "@/lib/tokens/create";
import { grantScopes } from "@/lib/tokens/grant";
import type { IssuedToken, IssueTokenInput } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";

/**
 * Issues a System Access Token to a Tenant, with its audit event.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`, `conflict` at the limit.
 */
export async function issueToken(
  principal: Principal,
  input: IssueTokenInput & { tenantId: string },
): Promise<IssuedToken> {
  demand(principal, input.tenantId, "tokens:manage");
  return inTenant(input.tenantId, async (tx) => {
    // Locked so that two calls at once can't both take the last free place.
    const tenant = await findTenant(tx, input.tenantId, true);
    if (!tenant || tenant.status === "deleted") throw notFound("Tenant");
    const scopes = grantScopes(principal, tenant.isMaster, input.scopes ?? leastScopes);
    const { row, secret } = await createToken(tx, { ...input, scopes });
    await recordEvent(tx, principal, {
      tenantId: tenant.id,
      action: "token.issued",
      target: { type: "token", id: row.id, name: row.name },
      after: { name: row.name, scopes: row.scopes, active: row.active, hint: row.hint },
    });
    return { ...toToken(row), secret };
  });
}
