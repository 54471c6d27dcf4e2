import { inTenant } from "@/db/client";
import { findEvent } from "@/db/queries/audit";
import { toAuditEvent } from "@/lib/audit/event";
import type { AuditEvent } from "@/lib/audit/schema";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

/** One audit event. @throws AppError `not_found`, `forbidden`, `insufficient_scope`. */
export async function getEvent(
  principal: Principal,
  input: { tenantId: string; eventId: string },
): Promise<AuditEvent> {
  const { tenantId, eventId } = input;
  demand(principal, tenantId, "audit:read");
  const row = await inTenant(tenantId, (tx) => findEvent(tx, tenantId, eventId));
  if (!row) throw notFound("event");
  return toAuditEvent(row);
}
