import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** One independently operated account of the multi-tenant ServiceBroker. */
export const tenants = pgTable(
  "tenants",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    externalSystemId: text("external_system_id"),
    description: text("description"),
    sid: text("sid").notNull(),
    domain: text("domain"),
    authType: text("auth_type", { enum: ["SystemAccessToken", "JWT", "Any"] })
      .notNull()
      .default("Any"),
    status: text("status", { enum: ["active", "suspended", "deleted"] })
      .notNull()
      .default("active"),
    statusReason: text("status_reason"),
    statusChangedAt: instant("status_changed_at").notNull().defaultNow(),
    isMaster: boolean("is_master").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("tenants_sid_key").on(t.sid),
    uniqueIndex("tenants_one_master_key").on(t.isMaster).where(sql`${t.isMaster}`),
    index("tenants_created_idx").on(t.createdAt, t.id),
    index("tenants_name_idx").on(t.name, t.id),
    check("tenants_auth_type_known", sql`${t.authType} in ('SystemAccessToken', 'JWT', 'Any')`),
    check("tenants_status_known", sql`${t.status} in ('active', 'suspended', 'deleted')`),
  ],
);
