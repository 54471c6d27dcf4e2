import { inTenant } from "@/db/client";
import { updateToken as changeToken, findToken, type TokenRow } from "@/db/queries/tokens";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { AppError, notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { Token, UpdateTokenInput } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";

/**
 * Renames, activates or deactivates a token; each change that changes something is an audit event.
 * @throws AppError `not_found`; `conflict` for a revoked token's state, which is final.
 */
export async function updateToken(
  principal: Principal,
  input: UpdateTokenInput & { tenantId: string; tokenId: string },
): Promise<Token> {
  const { tenantId, tokenId } = input;
  demand(principal, tenantId, "tokens:manage");
  return inTenant(tenantId, async (tx) => {
    const before = await findToken(tx, tenantId, tokenId, true);
    if (!before) throw notFound("token");
    const renamed = input.name !== undefined && input.name !== before.name;
    const switched = input.active !== undefined && input.active !== (before.status === "Active");
    if (switched && before.status === "Revoked") {
      throw new AppError("conflict", "This token is revoked, which is final. Issue a new one.");
    }
    if (!renamed && !switched) return toToken(before);
    const change = { name: input.name, active: input.active };
    const after: TokenRow = await changeToken(tx, tenantId, tokenId, change);
    const target = { type: "token", id: tokenId, name: after.name } as const;
    if (renamed) {
      await recordEvent(tx, principal, {
        tenantId,
        action: "token.renamed",
        target,
        before: { name: before.name },
        after: { name: after.name },
      });
    }
    if (switched) {
      await recordEvent(tx, principal, {
        tenantId,
        action: after.active ? "token.activated" : "token.deactivated",
        target,
        before: { active: before.active },
        after: { active: after.active },
      });
    }
    return toToken(after);
  });
}
