import { onPlatform } from "@/db/client";
import { updateTenant as changeTenant, findTenant, type TenantChange } from "@/db/queries/tenants";
import { type AuditAction, recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { AppError, type Issue, notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { covers } from "@/lib/scopes";
import type { Tenant, UpdateTenantInput } from "@/lib/tenants/schema";
import { auditedTenant, toTenant } from "@/lib/tenants/tenant";

/** What only the master Tenant or an operator may change, by the name on the wire. */
const reserved = { active: "Active", domain: "Domain", externalSystemId: "ExtSysId" } as const;

/**
 * Changes a Tenant's details, AuthType or state, and writes what changed.
 * @throws AppError `not_found`; `forbidden` naming each field that is not the caller's to change;
 *   `conflict` for suspending the master Tenant, or changing one that is deleted.
 */
export async function updateTenant(
  principal: Principal,
  input: UpdateTenantInput & { tenantId: string },
): Promise<Tenant> {
  const { tenantId, active, statusReason, ...details } = input;
  demand(principal, tenantId, mayAdminister(principal) ? "tenants:manage" : "tenant:update");
  return onPlatform(async (tx) => {
    const before = await findTenant(tx, tenantId, true);
    if (!before) throw notFound("Tenant");
    const change: TenantChange = { ...details };
    if (active !== undefined && active !== (before.status === "active")) {
      change.status = active ? "active" : "suspended";
      change.statusReason = statusReason ?? null;
    }
    if (!mayAdminister(principal)) refuseReserved(before, change);
    if (before.status === "deleted") throw new AppError("conflict", "This Tenant is deleted.");
    if (before.isMaster && change.status) {
      throw new AppError("conflict", "The master Tenant can't be suspended.");
    }
    const differs = Object.entries(change).some(
      ([field, value]) => value !== undefined && value !== before[field as keyof typeof before],
    );
    if (!differs) return toTenant(before);
    const after = await changeTenant(tx, tenantId, change);
    if (!after) throw notFound("Tenant");
    await recordEvent(tx, principal, {
      tenantId,
      action: actionOf(change),
      target: { type: "tenant", id: tenantId, name: after.name },
      before: auditedTenant(before),
      after: auditedTenant(after),
    });
    return toTenant(after);
  });
}

const actionOf = ({ status }: TenantChange): AuditAction =>
  status === "active" ? "tenant.activated" : status ? "tenant.suspended" : "tenant.updated";

/** Whether the principal runs all Tenants, and not only its own. */
function mayAdminister(principal: Principal): boolean {
  if (principal.kind === "user") return principal.staffRole === "operator";
  if (principal.kind !== "system") return true;
  return principal.isMaster && covers(principal.scopes, "tenants:manage");
}

function refuseReserved(
  before: { domain: string | null; externalSystemId: string | null },
  change: TenantChange,
) {
  const issues: Issue[] = [];
  if (change.status)
    issues.push({ path: reserved.active, message: "Only the master Tenant may change it." });
  for (const field of ["domain", "externalSystemId"] as const) {
    if (change[field] === undefined || change[field] === before[field]) continue;
    issues.push({ path: reserved[field], message: "Only the master Tenant may change it." });
  }
  if (issues.length === 0) return;
  const named = issues.map((issue) => issue.path).join(", ");
  throw new AppError("forbidden", `Only the master Tenant may change ${named}.`, { issues });
}
