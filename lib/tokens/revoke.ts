import { inTenant } from "@/db/client";
import { findToken, updateToken } from "@/db/queries/tokens";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { Token } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";

/**
 * Revokes a token for good; once this returns, no instance accepts it. Revoking one that is
 * revoked already changes nothing and answers the same.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function revokeToken(
  principal: Principal,
  input: { tenantId: string; tokenId: string },
): Promise<Token> {
  const { tenantId, tokenId } = input;
  demand(principal, tenantId, "tokens:manage");
  return inTenant(tenantId, async (tx) => {
    const before = await findToken(tx, tenantId, tokenId, true);
    if (!before) throw notFound("token");
    if (before.status === "Revoked") return toToken(before);
    const after = await updateToken(tx, tenantId, tokenId, { revoked: true });
    await recordEvent(tx, principal, {
      tenantId,
      action: "token.revoked",
      target: { type: "token", id: tokenId, name: after.name },
      before: { status: before.status },
      after: { status: after.status },
    });
    return toToken(after);
  });
}
