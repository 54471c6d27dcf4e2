import type { AuditEventRow } from "@/db/queries/audit";
import { hashOfEvent } from "@/lib/audit/chain";
import type { AuditEvent } from "@/lib/audit/schema";

/** A stored event as the product speaks of it. */
export const toAuditEvent = (row: AuditEventRow): AuditEvent => ({
  id: row.id,
  tenantId: row.tenantId,
  sequence: row.sequence,
  occurredAt: row.occurredAt.toISOString(),
  actor: { type: row.actorType, id: row.actorId, name: row.actorName },
  action: row.action,
  target: { type: row.targetType, id: row.targetId, name: row.targetName },
  before: row.before,
  after: row.after,
  origin: { address: row.address, userAgent: row.userAgent, requestId: row.requestId },
  previousHash: row.previousHash.toString("hex"),
  hash: row.hash.toString("hex"),
});

/** Whether an event still has the hash that it was written with. */
export function isUnchanged({ hash, ...event }: AuditEvent): boolean {
  return hashOfEvent(event).toString("hex") === hash;
}
