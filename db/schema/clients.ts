import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { tenants } from "./tenants";

/** OAuth 2.0 clients of a Tenant; `clientId` is the public identifier on the wire. */
export const clients = pgTable(
  "clients",
  {
    id: uuid("id").primaryKey(),
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    clientId: text("client_id").notNull(),
    name: text("name").notNull(),
    scopes: text("scopes").array().notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    uniqueIndex("clients_client_id_key").on(t.clientId),
    index("clients_tenant_created_idx").on(t.tenantId, t.createdAt, t.id),
  ],
);

/** One or two live secrets a client, so that one is replaced without an outage. */
export const clientSecrets = pgTable(
  "client_secrets",
  {
    id: uuid("id").primaryKey(),
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    clientUuid: uuid("client_uuid")
      .notNull()
      .references(() => clients.id),
    secretHash: bytea("secret_hash").notNull(),
    hint: text("hint").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    retiredAt: instant("retired_at"),
  },
  (t) => [
    uniqueIndex("client_secrets_secret_hash_key").on(t.secretHash),
    index("client_secrets_client_idx").on(t.clientUuid, t.createdAt),
    check("client_secrets_hash_length", sql`octet_length(${t.secretHash}) = 32`),
  ],
);

/** Revoked JWTs by `jti`, kept until the JWT would have expired anyway. */
export const revokedJwts = pgTable(
  "revoked_jwts",
  {
    jti: uuid("jti").primaryKey(),
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at").notNull().defaultNow(),
  },
  (t) => [index("revoked_jwts_expires_idx").on(t.expiresAt)],
);
