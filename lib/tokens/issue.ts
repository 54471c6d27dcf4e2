import { inTenant, type Transaction } from "@/db/client";
import { findTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import { once } from "@/lib/idempotency/once";
import type { Principal } from "@/lib/principal";
import { leastScopes } from "@/lib/scopes";
import { createToken } from "@/lib/tokens/create";
import { grantScopes } from "@/lib/tokens/grant";
import type { IssuedToken, IssueTokenInput } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";

/**
 * Issues a System Access Token to a Tenant, with its audit event.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`, `conflict` at the limit,
 *   `too_many_requests`.
 */
export async function issueToken(
  principal: Principal,
  input: IssueTokenInput & { tenantId: string; idempotencyKey?: string },
): Promise<IssuedToken> {
  const { idempotencyKey: key, ...wanted } = input;
  const { tenantId } = wanted;
  demand(principal, tenantId, "tokens:manage");
  const call = { key, tenantId, action: "token.issued", input: wanted };
  const issue = async (tx: Transaction): Promise<IssuedToken> => {
    // Locked so that two calls at once can't both take the last free place.
    const tenant = await findTenant(tx, tenantId, true);
    if (!tenant || tenant.status === "deleted") throw notFound("Tenant");
    const scopes = grantScopes(principal, tenant.isMaster, wanted.scopes ?? leastScopes);
    const { row, secret } = await createToken(tx, { ...wanted, scopes });
    await recordEvent(tx, principal, {
      tenantId: tenant.id,
      action: "token.issued",
      target: { type: "token", id: row.id, name: row.name },
      after: { name: row.name, scopes: row.scopes, active: row.active, hint: row.hint },
    });
    return { ...toToken(row), secret };
  };
  return inTenant(tenantId, (tx) => once(tx, principal, call, () => issue(tx)));
}
