import { inTenant } from "@/db/client";
import { listRefusedSources as querySources } from "@/db/queries/refusals";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { RefusedSource } from "@/lib/usage/schema";

/** How many refused calls are looked at, the latest ones: a bound for one that is hammered. */
const looked = 1_000;

/**
 * Where refused calls of one token or client come from and why, the latest first: tells which
 * system still holds what was revoked. Refused calls are kept for some days (a setting), and under
 * a flood not every one.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function listRefusedSources(
  principal: Principal,
  input: { tenantId: string; credentialId: string },
): Promise<RefusedSource[]> {
  demand(principal, input.tenantId, "audit:read");
  const rows = await inTenant(input.tenantId, (tx) =>
    querySources(tx, { ...input, limit: looked }),
  );
  return rows as RefusedSource[];
}
