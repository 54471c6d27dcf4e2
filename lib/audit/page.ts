import { inTenant } from "@/db/client";
import { listEvents } from "@/db/queries/audit";
import { toAuditEvent } from "@/lib/audit/event";
import { withDates } from "@/lib/audit/list";
import type { AuditEventPage, AuditView } from "@/lib/audit/schema";
import { demand } from "@/lib/authorize";
import { cutPage } from "@/lib/page-edges";
import type { Principal } from "@/lib/principal";

const perPage = 50;

/**
 * A page of a Tenant's audit events, newest first, in both directions by keyset.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function pageEvents(
  principal: Principal,
  input: AuditView & { tenantId: string },
): Promise<AuditEventPage> {
  const { tenantId, after, before, ...filter } = input;
  demand(principal, tenantId, "audit:read");
  const query = { ...withDates(filter), after, before, limit: perPage + 1 };
  const found = await inTenant(tenantId, (tx) => listEvents(tx, tenantId, query));
  const { rows, ...edges } = cutPage(found, { after, before }, perPage);
  return { events: rows.map(toAuditEvent), ...edges };
}
