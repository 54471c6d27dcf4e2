import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { tenants } from "./tenants";

/** System Access Tokens. Only the SHA-256 of a token is kept; its status is derived, never stored. */
export const tokens = pgTable(
  "tokens",
  {
    id: uuid("id").primaryKey(),
    tenantId: uuid("tenant_id")
      .notNull()
      .references(() => tenants.id),
    name: text("name").notNull(),
    tokenHash: bytea("token_hash").notNull(),
    hint: text("hint").notNull(),
    scopes: text("scopes").array().notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
    revokeAt: instant("revoke_at"),
    revokedAt: instant("revoked_at"),
    replaces: uuid("replaces"),
    replacedBy: uuid("replaced_by"),
  },
  (t) => [
    uniqueIndex("tokens_token_hash_key").on(t.tokenHash),
    index("tokens_tenant_created_idx").on(t.tenantId, t.createdAt, t.id),
    index("tokens_hint_idx").on(t.hint),
    check("tokens_hash_length", sql`octet_length(${t.tokenHash}) = 32`),
  ],
);
