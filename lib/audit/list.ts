import { inTenant } from "@/db/client";
import { listEvents as queryEvents } from "@/db/queries/audit";
import { toAuditEvent } from "@/lib/audit/event";
import type { AuditEvent, AuditFilter, AuditPage } from "@/lib/audit/schema";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";

/**
 * A Tenant's audit events, newest first, `limit` (100 unless told) after the one named. With a
 * small limit: its recent changes.
 * @throws AppError `not_found`, `insufficient_scope`.
 */
export async function listEvents(
  principal: Principal,
  input: AuditPage & { tenantId: string },
): Promise<AuditEvent[]> {
  const { tenantId, after, limit = 100, ...filter } = input;
  demand(principal, tenantId, "audit:read");
  const rows = await inTenant(tenantId, (tx) =>
    queryEvents(tx, tenantId, { ...withDates(filter), after, limit }),
  );
  return rows.map(toAuditEvent);
}

/** A filter with its times as dates. */
export const withDates = ({ from, to, ...rest }: AuditFilter) => ({
  ...rest,
  from: from ? new Date(from) : undefined,
  to: to ? new Date(to) : undefined,
});
