import { inTenant, onPlatform } from "@/db/client";
import { listRefusals as queryRefusals } from "@/db/queries/refusals";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { Refusal, RefusalFilter } from "@/lib/usage/schema";

/**
 * Refused calls with the reason that the caller wasn't told, newest first, `limit` (50 unless told)
 * after the one named. `tenantId` null is all Tenants and the calls that are nobody's: staff only.
 * Under a flood not every call is kept here; the counts hold all.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function listRefusals(
  principal: Principal,
  input: RefusalFilter & { tenantId: string | null },
): Promise<Refusal[]> {
  const { tenantId, from, to, limit = 50, ...rest } = input;
  demand(principal, tenantId, tenantId === null ? "tenants:read" : "audit:read");
  const query = {
    ...rest,
    tenantId,
    limit,
    from: from ? new Date(from) : undefined,
    to: to ? new Date(to) : undefined,
  };
  const rows = await (tenantId === null
    ? onPlatform((tx) => queryRefusals(tx, query))
    : inTenant(tenantId, (tx) => queryRefusals(tx, query)));
  return rows as Refusal[];
}
