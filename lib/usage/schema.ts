import { z } from "zod";
import { uuid } from "@/lib/ids";
import { line } from "@/lib/text";

/** How a verification of a credential that we know ended: accepted, or why refused. */
export const outcomes = [
  "accepted",
  "inactive",
  "revoked",
  "overlap-ended",
  "tenant-suspended",
  "auth-type",
  "scope",
  "expired",
  "jti-revoked",
] as const;
export const outcomeSchema = z.enum(outcomes);
export type UsageOutcome = z.infer<typeof outcomeSchema>;

/** Why a call was refused; the last two are of credentials that are none of ours. */
export const refusalReasons = [
  ...outcomes.filter((outcome) => outcome !== "accepted"),
  "unknown",
  "malformed",
] as const;
export const refusalReasonSchema = z.enum(refusalReasons);
export type RefusalReason = z.infer<typeof refusalReasonSchema>;

const instant = z.iso.datetime();
const count = z.number().int().min(0);
export const credentialKindSchema = z.enum(["token", "client"]);

/** Calls of one outcome in the hour or day (UTC) that begins at `start`. */
export const usageBucketSchema = z.object({ start: instant, outcome: outcomeSchema, count });

/** Where calls came from. Address `*` adds up the sources beyond the most recent hundred. */
export const usageSourceSchema = z.object({
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  count,
});
export type UsageSource = z.infer<typeof usageSourceSchema>;

export const bucketSizeSchema = z.enum(["hour", "day"]);
export type BucketSize = z.infer<typeof bucketSizeSchema>;

/** What to count of a credential; without times the last 24 hours by hour, or 30 days by day. */
export const credentialUsageQuerySchema = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  by: bucketSizeSchema.optional(),
});
export type CredentialUsageQuery = z.infer<typeof credentialUsageQuerySchema>;

/** Use of one token or client. Only buckets that hold something are listed. */
export const credentialUsageSchema = z.object({
  from: instant,
  to: instant,
  by: bucketSizeSchema,
  buckets: z.array(usageBucketSchema),
  sources: z.array(usageSourceSchema),
});
export type CredentialUsage = z.infer<typeof credentialUsageSchema>;

const calls = z.object({ accepted: count, refused: count });
const callsAndSources = calls.extend({ sources: count });

/** Who used a credential of late: what to show before it is revoked or replaced. */
export const recentUseSchema = z.object({
  lastUsedAt: instant.nullable(),
  last24Hours: callsAndSources,
  last7Days: callsAndSources,
  /** Seen in the last 7 days, most recent first; at most twenty. */
  sources: z.array(usageSourceSchema),
});
export type RecentUse = z.infer<typeof recentUseSchema>;

export const usagePeriodSchema = z.enum(["24h", "7d", "30d"]);
export type UsagePeriod = z.infer<typeof usagePeriodSchema>;
export const periodQuerySchema = z.strictObject({ period: usagePeriodSchema.default("24h") });

/** Calls of a period: one bucket for each hour (24h) or day (7d, 30d), empty ones included. */
export const periodUsageSchema = z.object({
  period: usagePeriodSchema,
  by: bucketSizeSchema,
  accepted: count,
  refused: count,
  buckets: z.array(calls.extend({ start: instant })),
  /** Totals of the period by outcome, those that occurred. */
  outcomes: z.array(z.object({ outcome: outcomeSchema, count })),
});
export type PeriodUsage = z.infer<typeof periodUsageSchema>;

/** Calls of one credential in a period, and all the places that it was ever seen from. */
export const credentialPeriodSchema = periodUsageSchema.extend({
  sources: z.array(usageSourceSchema),
});
export type CredentialPeriod = z.infer<typeof credentialPeriodSchema>;

/** Refused calls of one credential from one place for one reason. */
export const refusedSourceSchema = z.object({
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  reason: refusalReasonSchema,
  count,
  firstAt: instant,
  lastAt: instant,
  lastRequestId: z.string(),
});
export type RefusedSource = z.infer<typeof refusedSourceSchema>;

/** Something that an admin should look at. */
export const attentionSchema = z.object({
  reason: z.enum(["never-used", "silent", "knocking", "overlap-ending"]),
  kind: credentialKindSchema,
  id: uuid,
  name: z.string(),
  /** Issued, last used, last refused, or when the overlap ends: by reason, in that order. */
  at: instant,
  /** Refused calls of the last 7 days (`knocking`), accepted ones of the last 24 hours (`overlap-ending`). */
  calls: count.nullable(),
});
export type Attention = z.infer<typeof attentionSchema>;

/** A refused call with the reason that its caller wasn't told. */
export const refusalSchema = z.object({
  id: uuid,
  tenantId: uuid.nullable(),
  tenantName: z.string().nullable(),
  kind: credentialKindSchema.nullable(),
  credentialId: uuid.nullable(),
  credentialName: z.string().nullable(),
  occurredAt: instant,
  reason: refusalReasonSchema,
  requestId: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type Refusal = z.infer<typeof refusalSchema>;

export const refusalFilterSchema = z.strictObject({
  credentialId: uuid.optional(),
  requestId: line(128).optional(),
  reason: refusalReasonSchema.optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** Id of the last refusal of the page before. */
  after: uuid.optional(),
  /** Without `after`: the page that ends before this one. */
  before: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type RefusalFilter = z.infer<typeof refusalFilterSchema>;
