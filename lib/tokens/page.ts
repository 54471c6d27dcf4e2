import { inTenant } from "@/db/client";
import { pageTokens as queryPage } from "@/db/queries/token-pages";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { TokenPage, TokenView } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";
import { mergeCounts } from "@/lib/usage/merge";

/** Tokens on a page. */
export const tokensPerPage = 50;

/**
 * A page of a Tenant's tokens: searched, filtered by status and in any order, by keyset.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function pageTokens(
  principal: Principal,
  input: TokenView & { tenantId: string },
): Promise<TokenPage> {
  const { tenantId, direction, ...view } = input;
  demand(principal, tenantId, "tokens:read");
  await mergeCounts();
  const { rows, counts, skipped } = await inTenant(tenantId, (tx) =>
    queryPage(tx, tenantId, {
      ...view,
      search: view.search?.trim() || undefined,
      descending: direction === "desc",
      limit: tokensPerPage,
    }),
  );
  const total = view.status
    ? counts[view.status]
    : counts.Active + counts.Inactive + counts.Revoked;
  return { tokens: rows.map(toToken), counts, total, skipped };
}
