import { inTenant, type Transaction } from "@/db/client";
import { findTenant } from "@/db/queries/tenants";
import { findToken, updateToken } from "@/db/queries/tokens";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { AppError, notFound } from "@/lib/errors";
import { once } from "@/lib/idempotency/once";
import type { Principal } from "@/lib/principal";
import { createToken } from "@/lib/tokens/create";
import { grantScopes } from "@/lib/tokens/grant";
import type { IssuedToken, ReplaceTokenInput } from "@/lib/tokens/schema";
import { scopeSchema } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";

/**
 * Issues a successor with the predecessor's scopes and schedules the predecessor's revocation:
 * at once, or after an overlap in which both are good. One transaction.
 * @throws AppError `not_found`; `conflict` where it is revoked or replaced already;
 *   `insufficient_scope` where the predecessor holds a scope that the caller lacks.
 */
export async function replaceToken(
  principal: Principal,
  input: ReplaceTokenInput & { tenantId: string; tokenId: string; idempotencyKey?: string },
): Promise<IssuedToken> {
  const { idempotencyKey: key, ...wanted } = input;
  const { tenantId, tokenId, overlapSeconds } = wanted;
  demand(principal, tenantId, "tokens:manage");
  const call = { key, tenantId, action: "token.replaced", input: wanted };
  const replace = async (tx: Transaction): Promise<IssuedToken> => {
    const tenant = await findTenant(tx, tenantId, true);
    const before = tenant && (await findToken(tx, tenantId, tokenId, true));
    if (!tenant || !before) throw notFound("token");
    if (before.replacedBy) throw new AppError("conflict", "This token has been replaced already.");
    if (before.status === "Revoked") {
      throw new AppError("conflict", "This token is revoked. Issue a new one instead.");
    }
    const scopes = grantScopes(
      principal,
      tenant.isMaster,
      scopeSchema.array().parse(before.scopes),
    );
    const name = wanted.name ?? before.name;
    const { row, secret } = await createToken(tx, { tenantId, name, scopes, replaces: tokenId });
    const after = await updateToken(tx, tenantId, tokenId, {
      replacedBy: row.id,
      ...(overlapSeconds === 0 ? { revoked: true } : { revokeInSeconds: overlapSeconds }),
    });
    await recordEvent(tx, principal, {
      tenantId,
      action: "token.replaced",
      target: { type: "token", id: tokenId, name: before.name },
      before: { status: before.status, revokeAt: before.revokeAt?.toISOString() ?? null },
      after: {
        status: after.status,
        revokeAt: (after.revokedAt ?? after.revokeAt)?.toISOString() ?? null,
        successor: { id: row.id, name: row.name, hint: row.hint, scopes: row.scopes },
        overlapSeconds,
      },
    });
    return { ...toToken(row), secret };
  };
  return inTenant(tenantId, (tx) => once(tx, principal, call, () => replace(tx)));
}
