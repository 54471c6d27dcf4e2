import { z } from "zod";
import { type AuditEvent, auditPageSchema, type ExportFormat } from "@/lib/audit/schema";
import { type Call, queryOf } from "@/lib/http/call";
import { uuid } from "@/lib/ids";

const text = z.string().nullable();
const record = z.record(z.string(), z.unknown()).nullable();

/** An audit event on the wire and in an NDJSON export. */
export const auditEventWireSchema = z
  .object({
    Id: uuid,
    EntityId: uuid,
    Sequence: z.number().int(),
    OccurredAt: z.iso.datetime(),
    Actor: z.object({ Type: z.string(), Id: text, Name: z.string() }),
    Action: z.string(),
    Target: z.object({ Type: z.string(), Id: z.string(), Name: text }),
    Before: record,
    After: record,
    Origin: z.object({ Address: text, UserAgent: text, RequestId: text }),
    PreviousHash: z.string().describe("Hex; of the event before it, zeros for the first."),
    Hash: z.string().describe("Hex SHA-256 over the rest as canonical JSON (RFC 8785)."),
  })
  .meta({ id: "AuditEvent" });
export type AuditEventWire = z.infer<typeof auditEventWireSchema>;

/** An event as the wire shows it. */
export const toAuditEventWire = (event: AuditEvent): AuditEventWire => ({
  Id: event.id,
  EntityId: event.tenantId,
  Sequence: event.sequence,
  OccurredAt: event.occurredAt,
  Actor: { Type: event.actor.type, Id: event.actor.id, Name: event.actor.name },
  Action: event.action,
  Target: { Type: event.target.type, Id: event.target.id, Name: event.target.name },
  Before: event.before,
  After: event.after,
  Origin: {
    Address: event.origin.address,
    UserAgent: event.origin.userAgent,
    RequestId: event.origin.requestId,
  },
  PreviousHash: event.previousHash,
  Hash: event.hash,
});

/** The way back, to check an export. */
export const fromAuditEventWire = (event: AuditEventWire): AuditEvent => ({
  id: event.Id,
  tenantId: event.EntityId,
  sequence: event.Sequence,
  occurredAt: event.OccurredAt,
  actor: { type: event.Actor.Type, id: event.Actor.Id, name: event.Actor.Name },
  action: event.Action,
  target: { type: event.Target.Type, id: event.Target.Id, name: event.Target.Name },
  before: event.Before,
  after: event.After,
  origin: {
    address: event.Origin.Address,
    userAgent: event.Origin.UserAgent,
    requestId: event.Origin.RequestId,
  },
  previousHash: event.PreviousHash,
  hash: event.Hash,
});

/** The last line of an NDJSON export: what makes it checkable without us. */
export const exportTrailerSchema = z.object({
  Export: z.object({
    EntityId: uuid,
    ExportedAt: z.iso.datetime(),
    /** Names of the filters that left events out; a chain can be checked only without any. */
    Filters: z.array(z.string()),
    /** The end of the chain when the export began, as a compact JWS; null without any event. */
    Head: z.string().nullable(),
    /** The keys that may have signed it, as a JWK Set. */
    Keys: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  }),
});
export type ExportTrailer = z.infer<typeof exportTrailerSchema>;

export const listAuditQuery = auditPageSchema;

/** The export that an `Accept` header asks for; null for JSON pages. */
export function acceptedFormat(accept: string | null): ExportFormat | null {
  const types = accept
    ?.toLowerCase()
    .split(",")
    .map((type) => type.split(";")[0]?.trim());
  if (types?.includes("application/json")) return null;
  if (types?.includes("text/csv")) return "csv";
  return types?.includes("application/x-ndjson") ? "ndjson" : null;
}

/** `Link` to the page after this one (RFC 8288). */
export function nextPage(call: Call, after: string): string {
  const query = queryOf(call);
  query.set("after", after);
  return `</up/v5/audit?${query}>; rel="next"`;
}
