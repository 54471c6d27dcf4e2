import { onPlatform } from "@/db/client";
import { findMasterTenant, findTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import type { Call } from "@/lib/http/call";
import { uuid } from "@/lib/ids";
import type { UserPrincipal } from "@/lib/principal";

/**
 * Records that a person has tried a change that is not theirs to make: in the Tenant that they
 * may look at, else in the master Tenant, so that nobody writes into a stranger's log.
 */
export async function recordDenial(
  principal: UserPrincipal,
  call: Call,
  tenantId: string | undefined,
): Promise<void> {
  const id = uuid.safeParse(tenantId).data;
  const mayLook =
    principal.staffRole !== null || principal.memberships.some((m) => m.tenantId === id);
  await onPlatform(async (tx) => {
    const wanted = id && mayLook ? await findTenant(tx, id) : null;
    const tenant = wanted ?? (await findMasterTenant(tx));
    if (!tenant) return;
    await recordEvent(tx, principal, {
      tenantId: tenant.id,
      action: "access.denied",
      target: { type: "tenant", id: tenant.id, name: tenant.name },
      after: { method: call.method, path: call.target.split("?")[0] },
    });
  });
}
