import { inTenant } from "@/db/client";
import { listActors as queryActors } from "@/db/queries/audit";
import type { AuditActor } from "@/lib/audit/schema";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";

const most = 500;

/**
 * Who has changed something in a Tenant, by name, at most some 500: what the log can be filtered
 * by. The command line and the product itself have no id: their ids are `cli` and `service`.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function listActors(
  principal: Principal,
  input: { tenantId: string },
): Promise<AuditActor[]> {
  demand(principal, input.tenantId, "audit:read");
  return inTenant(input.tenantId, (tx) => queryActors(tx, input.tenantId, most));
}
