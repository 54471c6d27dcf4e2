import { onPlatform } from "@/db/client";
import { findTenant, updateTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { AppError, notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { Tenant } from "@/lib/tenants/schema";
import { auditedTenant, toTenant } from "@/lib/tenants/tenant";

/**
 * Deletes a Tenant: every credential of it dies at once, its history stays. Answers the same when
 * repeated. @throws AppError `not_found`; `conflict` for the master Tenant.
 */
export async function deleteTenant(
  principal: Principal,
  input: { tenantId: string },
): Promise<Tenant> {
  demand(principal, null, "tenants:manage");
  return onPlatform(async (tx) => {
    const before = await findTenant(tx, input.tenantId, true);
    if (!before) throw notFound("Tenant");
    if (before.isMaster) throw new AppError("conflict", "The master Tenant can't be deleted.");
    if (before.status === "deleted") return toTenant(before);
    const after = await updateTenant(tx, before.id, { status: "deleted" });
    if (!after) throw notFound("Tenant");
    await recordEvent(tx, principal, {
      tenantId: before.id,
      action: "tenant.deleted",
      target: { type: "tenant", id: before.id, name: before.name },
      before: auditedTenant(before),
      after: auditedTenant(after),
    });
    return toTenant(after);
  });
}
