import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { tenants } from "./tenants";

/** Where a Tenant's events are pushed to, and how that goes. */
export const webhooks = pgTable(
  "webhooks",
  {
    id: uuid("id").primaryKey(),
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    url: text("url").notNull(),
    /** AES-256-GCM under the secret key: signing needs it in clear. */
    secretCiphertext: bytea("secret_ciphertext").notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
    removedAt: instant("removed_at"),
    /** Failures in a row; back-off is made of them. */
    failures: integer("failures").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().defaultNow(),
    lastDeliveredAt: instant("last_delivered_at"),
    lastFailedAt: instant("last_failed_at"),
    lastError: text("last_error"),
    /** The instance that is delivering, until when: no two deliver to one webhook at once. */
    leaseId: uuid("lease_id"),
    leasedUntil: instant("leased_until"),
  },
  (t) => [
    index("webhooks_tenant_idx").on(t.tenantId, t.createdAt),
    index("webhooks_due_idx")
      .on(t.nextAttemptAt)
      .where(sql`${t.active} and ${t.removedAt} is null`),
  ],
);

/** Events to deliver, written in the transaction of the event itself; order is the chain's. */
export const webhookOutbox = pgTable(
  "webhook_outbox",
  {
    webhookId: uuid("webhook_id")
      .notNull()
      .references(() => webhooks.id),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    tenantId: uuid("tenant_id").notNull(),
    eventId: uuid("event_id").notNull(),
    createdAt: instant("created_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    deliveredAt: instant("delivered_at"),
  },
  (t) => [
    primaryKey({ columns: [t.webhookId, t.sequence] }),
    index("webhook_outbox_waiting_idx")
      .on(t.webhookId, t.sequence)
      .where(sql`${t.deliveredAt} is null`),
    index("webhook_outbox_time_idx").on(t.createdAt),
  ],
);
