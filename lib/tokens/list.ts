import { inTenant } from "@/db/client";
import { listTokens as queryTokens } from "@/db/queries/tokens";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { Token, TokenFilter } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";
import { mergeCounts } from "@/lib/usage/merge";

/** A Tenant's tokens, newest first, at most `limit` (1,000 unless told) after the one named. */
export async function listTokens(
  principal: Principal,
  input: TokenFilter & { tenantId: string },
): Promise<Token[]> {
  demand(principal, input.tenantId, "tokens:read");
  await mergeCounts();
  const { tenantId, ...filter } = input;
  const rows = await inTenant(tenantId, (tx) => queryTokens(tx, tenantId, filter));
  return rows.map(toToken);
}
