import { cutPage } from "@/lib/page-edges";
import type { Principal } from "@/lib/principal";
import type { RefusalPage, RefusalView } from "@/lib/support/schema";
import { listRefusals } from "@/lib/usage/refusals";

/**
 * A page of refused calls, newest first, `limit` (50 unless told), in both directions by keyset:
 * of one Tenant, or of all and of nobody's.
 * @throws AppError `not_found`, `forbidden` for those who may not see them.
 */
export async function pageRefusals(principal: Principal, input: RefusalView): Promise<RefusalPage> {
  const { tenantId = null, limit = 50, ...query } = input;
  const found = await listRefusals(principal, { ...query, tenantId, limit: limit + 1 });
  const { rows, ...edges } = cutPage(found, query, limit);
  return { refusals: rows, ...edges };
}
