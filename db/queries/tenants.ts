import { and, asc, desc, eq, ilike, ne, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { tenants } from "../schema";

const columns = {
  id: tenants.id,
  name: tenants.name,
  email: tenants.email,
  externalSystemId: tenants.externalSystemId,
  description: tenants.description,
  sid: tenants.sid,
  domain: tenants.domain,
  authType: tenants.authType,
  status: tenants.status,
  statusReason: tenants.statusReason,
  statusChangedAt: tenants.statusChangedAt,
  isMaster: tenants.isMaster,
  createdAt: tenants.createdAt,
};

export type TenantRow = Omit<typeof tenants.$inferSelect, "updatedAt">;
export type NewTenant = typeof tenants.$inferInsert;
export type TenantChange = Partial<
  Pick<
    NewTenant,
    | "name"
    | "email"
    | "externalSystemId"
    | "description"
    | "domain"
    | "authType"
    | "status"
    | "statusReason"
  >
>;

/** Inserts a Tenant; null when its id is taken. */
export async function insertTenant(tx: Transaction, values: NewTenant) {
  const rows = await tx.insert(tenants).values(values).onConflictDoNothing().returning(columns);
  return rows[0] ?? null;
}

/**
 * One Tenant, or null; `lock` holds its row against others' changes until the transaction ends, but
 * not against rows that refer to it: `for update` would, and two changes at once then deadlock.
 */
export async function findTenant(tx: Transaction, id: string, lock = false) {
  const query = tx.select(columns).from(tenants).where(eq(tenants.id, id));
  const rows = await (lock ? query.for("no key update") : query);
  return rows[0] ?? null;
}

/** The master Tenant, or null before the first run. */
export async function findMasterTenant(tx: Transaction) {
  const rows = await tx.select(columns).from(tenants).where(eq(tenants.isMaster, true));
  return rows[0] ?? null;
}

/** Tenants by name, deleted ones left out unless asked for. */
export function listTenants(
  tx: Transaction,
  filter: { search?: string; deleted?: boolean; limit?: number } = {},
) {
  const conditions: (SQL | undefined)[] = [];
  if (!filter.deleted) conditions.push(ne(tenants.status, "deleted"));
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(
      or(
        ilike(tenants.name, pattern),
        ilike(tenants.domain, pattern),
        ilike(tenants.email, pattern),
      ),
    );
  }
  return tx
    .select(columns)
    .from(tenants)
    .where(and(...conditions))
    .orderBy(desc(tenants.isMaster), asc(tenants.name), asc(tenants.id))
    .limit(filter.limit ?? 1000);
}

/** Changes a Tenant; `statusChangedAt` moves only with the status. */
export async function updateTenant(tx: Transaction, id: string, change: TenantChange) {
  const rows = await tx
    .update(tenants)
    .set({
      ...change,
      updatedAt: sql`now()`,
      ...(change.status ? { statusChangedAt: sql`now()` } : {}),
    })
    .where(eq(tenants.id, id))
    .returning(columns);
  return rows[0] ?? null;
}
