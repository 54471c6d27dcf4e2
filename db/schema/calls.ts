import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { tenants } from "./tenants";

/** How often a Tenant did something since its window began; all instances count here. */
export const rateWindows = pgTable(
  "rate_windows",
  {
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    action: text("action").notNull(),
    startedAt: instant("started_at").notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.action] })],
);

/**
 * Calls made with an `Idempotency-Key`, and their answers. Only the key's SHA-256 is kept; the
 * answer, which may hold a secret, is sealed under a key that is derived from it.
 */
export const idempotentCalls = pgTable(
  "idempotent_calls",
  {
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    keyHash: bytea("key_hash").notNull(),
    requestHash: bytea("request_hash").notNull(),
    answer: bytea("answer"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.keyHash] }),
    index("idempotent_calls_created_idx").on(t.createdAt),
    check("idempotent_calls_key_length", sql`octet_length(${t.keyHash}) = 32`),
  ],
);
