import {
  bigint,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { tenants } from "./tenants";

/** Append-only record of every change, chained by hash per Tenant. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: uuid("id").primaryKey(),
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    occurredAt: instant("occurred_at").notNull(),
    actorType: text("actor_type", {
      enum: ["system", "client", "user", "staff", "cli", "service"],
    }).notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    targetName: text("target_name"),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    address: text("address"),
    userAgent: text("user_agent"),
    requestId: text("request_id"),
    previousHash: bytea("previous_hash").notNull(),
    hash: bytea("hash").notNull(),
  },
  (t) => [
    uniqueIndex("audit_events_chain_key").on(t.tenantId, t.sequence),
    index("audit_events_target_idx").on(t.tenantId, t.targetId, t.sequence),
    index("audit_events_action_idx").on(t.tenantId, t.action, t.sequence),
    index("audit_events_actor_idx").on(t.tenantId, t.actorId, t.sequence),
    index("audit_events_request_idx").on(t.requestId),
    index("audit_events_time_idx").on(t.tenantId, t.occurredAt, t.sequence),
  ],
);

/** The end of each Tenant's chain; locked while an event is appended. */
export const auditChains = pgTable("audit_chains", {
  tenantId: uuid("tenant_id")
    .primaryKey()
    .references(() => tenants.id),
  sequence: bigint("sequence", { mode: "number" }).notNull().default(0),
  hash: bytea("hash").notNull(),
});

/** Chain heads signed at intervals and by each new key, so that a cut-off tail shows. */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    hash: bytea("hash").notNull(),
    signedAt: instant("signed_at").notNull(),
    kid: text("kid").notNull(),
    signature: text("signature").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.sequence, t.kid] })],
);
