import { z } from "zod";
import { uuid } from "@/lib/ids";
import { line } from "@/lib/text";

const record = z.record(z.string(), z.unknown()).nullable();

/** An audit event as the product speaks of it. `hash` is over all the rest (see chain.ts). */
export const auditEventSchema = z.object({
  id: uuid,
  tenantId: uuid,
  sequence: z.number().int().min(1),
  occurredAt: z.iso.datetime(),
  actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }),
  before: record,
  after: record,
  origin: z.object({
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
  }),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** Filters of the audit page, of its export and of the bearer call alike. */
export const auditFilterSchema = z.strictObject({
  /** Id of who did it: a user's, a token's, a `client_id`; `cli` or `service`, which have none. */
  actor: line(100).optional(),
  action: line(50).optional(),
  /** Id of what it was done to. */
  target: line(100).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditPageSchema = auditFilterSchema.extend({
  /** Id of the last event of the page before. */
  after: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** What of the log the portal looks at: a filter, and where the page begins or ends. */
export const auditViewSchema = auditFilterSchema.extend({
  after: uuid.optional(),
  /** Without `after`: the page that ends before this event. */
  before: uuid.optional(),
});
export type AuditView = z.infer<typeof auditViewSchema>;

/** Events in view, and whether there are more on either side. */
export type AuditEventPage = { events: AuditEvent[]; hasPrevious: boolean; hasNext: boolean };

/** Who has changed something in a Tenant. */
export type AuditActor = { id: string; type: string; name: string };

export const exportFormatSchema = z.enum(["csv", "ndjson"]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** A chain's end at some moment, as it is signed. */
export const signedHeadSchema = z.object({
  tenantId: uuid,
  sequence: z.number().int().min(0),
  hash: z.string(),
  signedAt: z.iso.datetime(),
  kid: z.string(),
  /** Compact JWS whose payload repeats the other fields. */
  signature: z.string(),
});
export type SignedHead = z.infer<typeof signedHeadSchema>;

/** What a verification of the chain found. */
export const chainReportSchema = z.object({
  ok: z.boolean(),
  /** Events that were read. */
  events: z.number().int(),
  firstBad: z
    .object({
      tenantId: uuid,
      sequence: z.number().int(),
      id: z.string().nullable(),
      reason: z.enum([
        "edited",
        "removed",
        "out-of-order",
        "unreadable",
        "cut-off",
        "unsigned",
        "filtered",
      ]),
    })
    .nullable(),
});
export type ChainReport = z.infer<typeof chainReportSchema>;
