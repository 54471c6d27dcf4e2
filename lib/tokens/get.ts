import { inTenant } from "@/db/client";
import { findToken } from "@/db/queries/tokens";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { Token } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";
import { mergeCounts } from "@/lib/usage/merge";

/** One token of a Tenant. @throws AppError `not_found`; another Tenant's looks the same. */
export async function getToken(
  principal: Principal,
  input: { tenantId: string; tokenId: string },
): Promise<Token> {
  demand(principal, input.tenantId, "tokens:read");
  await mergeCounts();
  const row = await inTenant(input.tenantId, (tx) => findToken(tx, input.tenantId, input.tokenId));
  if (!row) throw notFound("token");
  return toToken(row);
}
