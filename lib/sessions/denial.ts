import { inTenant } from "@/db/client";
import { findTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import type { Call } from "@/lib/http/call";
import type { UserPrincipal } from "@/lib/principal";

/** Records that a person who may only look has tried to change a Tenant. */
export async function recordDenial(
  principal: UserPrincipal,
  call: Call,
  tenantId: string | undefined,
): Promise<void> {
  if (!tenantId) return;
  await inTenant(tenantId, async (tx) => {
    const tenant = await findTenant(tx, tenantId);
    if (!tenant) return;
    await recordEvent(tx, principal, {
      tenantId,
      action: "access.denied",
      target: { type: "tenant", id: tenantId, name: tenant.name },
      after: { method: call.method, path: call.target.split("?")[0] },
    });
  });
}
