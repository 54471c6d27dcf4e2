import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { tenants } from "./tenants";

/** People who sign in to the portal. `email` is stored in lower case. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    totpCiphertext: bytea("totp_ciphertext"),
    totpConfirmedAt: instant("totp_confirmed_at"),
    totpLastStep: text("totp_last_step"),
    recoveryCodeHashes: text("recovery_code_hashes").array().notNull().default(sql`'{}'::text[]`),
    staffRole: text("staff_role", { enum: ["support", "operator"] }),
    disabledAt: instant("disabled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("users_email_key").on(t.email),
    check("users_email_lower", sql`${t.email} = lower(${t.email})`),
  ],
);

/** Who belongs to which Tenant, as what. */
export const memberships = pgTable(
  "memberships",
  {
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    role: text("role", { enum: ["admin", "viewer"] }).notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    index("memberships_user_idx").on(t.userId),
    check("memberships_role_known", sql`${t.role} in ('admin', 'viewer')`),
  ],
);

/** Portal sessions: the cookie names one by a random id of which only the SHA-256 is kept. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    sessionHash: bytea("session_hash").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    address: text("address"),
    userAgent: text("user_agent"),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("sessions_session_hash_key").on(t.sessionHash),
    index("sessions_user_idx").on(t.userId, t.createdAt),
    index("sessions_expires_idx").on(t.expiresAt),
  ],
);

/** One-time links: invitations (72 h) and password resets (1 h). Only the hash of the link is kept. */
export const oneTimeLinks = pgTable(
  "one_time_links",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: ["invitation", "password-reset"] }).notNull(),
    linkHash: bytea("link_hash").notNull(),
    email: text("email").notNull(),
    tenantId: uuid("tenant_id").references(() => tenants.id),
    role: text("role", { enum: ["admin", "viewer"] }),
    userId: uuid("user_id").references(() => users.id),
    createdBy: uuid("created_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    uniqueIndex("one_time_links_hash_key").on(t.linkHash),
    index("one_time_links_tenant_idx").on(t.tenantId, t.createdAt),
  ],
);
