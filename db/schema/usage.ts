import { sql } from "drizzle-orm";
import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";

const credentialKinds = ["token", "client"] as const;

/** Verifications by credential, hour and outcome. */
export const usageHours = pgTable(
  "usage_hours",
  {
    tenantId: uuid("tenant_id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    hour: instant("hour").notNull(),
    outcome: text("outcome").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.credentialId, t.hour, t.outcome] }),
    index("usage_hours_tenant_idx").on(t.tenantId, t.hour),
    index("usage_hours_hour_idx").on(t.hour),
    // Revoked but still knocking: found without reading what was accepted.
    index("usage_hours_knocking_idx")
      .on(t.tenantId, t.hour)
      .where(sql`${t.outcome} in ('revoked', 'overlap-ended')`),
  ],
);

/** Hours rolled up to days once they are old. */
export const usageDays = pgTable(
  "usage_days",
  {
    tenantId: uuid("tenant_id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    day: instant("day").notNull(),
    outcome: text("outcome").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.credentialId, t.day, t.outcome] }),
    index("usage_days_tenant_idx").on(t.tenantId, t.day),
    index("usage_days_day_idx").on(t.day),
  ],
);

/** The same by Tenant: what its pages show must not grow with the number of its tokens. */
export const tenantUsageHours = pgTable(
  "tenant_usage_hours",
  {
    tenantId: uuid("tenant_id").notNull(),
    hour: instant("hour").notNull(),
    outcome: text("outcome").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.hour, t.outcome] }),
    index("tenant_usage_hours_hour_idx").on(t.hour),
  ],
);

export const tenantUsageDays = pgTable(
  "tenant_usage_days",
  {
    tenantId: uuid("tenant_id").notNull(),
    day: instant("day").notNull(),
    outcome: text("outcome").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.day, t.outcome] }),
    index("tenant_usage_days_day_idx").on(t.day),
  ],
);

/** Flushes that were written: one whose answer got lost is not counted twice. */
export const usageFlushes = pgTable(
  "usage_flushes",
  {
    id: uuid("id").primaryKey(),
    flushedAt: instant("flushed_at").notNull(),
  },
  (t) => [index("usage_flushes_time_idx").on(t.flushedAt)],
);

/**
 * Counts as an instance wrote them, until they are merged into all tables but this: written a
 * second, merged every few. One line for each credential, and more where it has several outcomes or
 * sources; the arrays are the columns of these lines.
 */
export const usageBatches = pgTable("usage_batches", {
  id: uuid("id").primaryKey(),
  /** When the last of these calls came. */
  closedAt: instant("closed_at").notNull(),
  lines: integer("lines").notNull(),
  credentials: uuid("credentials").array().notNull(),
  tenants: uuid("tenants").array().notNull(),
  kinds: text("kinds").array().notNull(),
  /** Null in a line that tells of a source alone. */
  outcomes: text("outcomes").array().notNull(),
  counts: bigint("counts", { mode: "number" }).array().notNull(),
  /** Which of `sources`, from 1; null in a line that tells of an outcome alone. */
  places: integer("places").array().notNull(),
  seen: bigint("seen", { mode: "number" }).array().notNull(),
  sources: jsonb("sources").$type<{ a: string; u: string }[]>().notNull(),
  /** Calls that count for their Tenant alone. */
  overflow: jsonb("overflow").$type<{ t: string; o: string; n: number }[]>().notNull(),
});

/** Where a credential is used from, bounded per credential. */
export const usageSources = pgTable(
  "usage_sources",
  {
    tenantId: uuid("tenant_id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    address: text("address").notNull(),
    userAgent: text("user_agent").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    /** For retention. An index on the time itself would have to be written at each flush. */
    lastSeenOn: date("last_seen_on").generatedAlwaysAs(
      sql`(last_seen_at at time zone 'UTC')::date`,
    ),
  },
  (t) => [
    primaryKey({ columns: [t.credentialId, t.address, t.userAgent] }),
    index("usage_sources_day_idx").on(t.lastSeenOn),
  ],
);

/** Last accepted use; a table of its own so that counting never locks a token's row. */
export const lastUses = pgTable(
  "last_uses",
  {
    credentialId: uuid("credential_id").primaryKey(),
    tenantId: uuid("tenant_id").notNull(),
    kind: text("kind", { enum: credentialKinds }).notNull(),
    lastUsedAt: instant("last_used_at").notNull(),
  },
  (t) => [index("last_uses_tenant_idx").on(t.tenantId)],
);

/** Recent refused calls with the reason that the caller was not told. */
export const refusals = pgTable(
  "refusals",
  {
    id: uuid("id").primaryKey(),
    tenantId: uuid("tenant_id"),
    credentialId: uuid("credential_id"),
    kind: text("kind", { enum: credentialKinds }),
    occurredAt: instant("occurred_at").notNull(),
    reason: text("reason").notNull(),
    requestId: text("request_id").notNull(),
    address: text("address"),
    userAgent: text("user_agent"),
  },
  (t) => [
    index("refusals_tenant_idx").on(t.tenantId, t.occurredAt, t.id),
    index("refusals_credential_idx").on(t.credentialId, t.occurredAt, t.id),
    index("refusals_request_idx").on(t.requestId),
    index("refusals_time_idx").on(t.occurredAt, t.id),
  ],
);
