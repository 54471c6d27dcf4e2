import { and, asc, count, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { clientSecrets, clients, lastUses } from "../schema";

/** What may leave the database of a client. */
const columns = {
  id: clients.id,
  tenantId: clients.tenantId,
  clientId: clients.clientId,
  name: clients.name,
  scopes: clients.scopes,
  active: clients.active,
  status: sql<
    "Active" | "Inactive" | "Revoked"
  >`case when ${clients.revokedAt} is not null then 'Revoked' when ${clients.active} then 'Active' else 'Inactive' end`,
  createdAt: clients.createdAt,
  revokedAt: clients.revokedAt,
  lastUsedAt:
    sql<Date | null>`(select ${lastUses.lastUsedAt} from ${lastUses} where ${lastUses.credentialId} = ${clients.id})`.mapWith(
      lastUses.lastUsedAt,
    ),
};

/** What may leave the database of a client's secret: everything but the hash. */
const secretColumns = {
  id: clientSecrets.id,
  clientUuid: clientSecrets.clientUuid,
  hint: clientSecrets.hint,
  createdAt: clientSecrets.createdAt,
  retiredAt: clientSecrets.retiredAt,
};

export type ClientRow = typeof clients.$inferSelect & {
  status: "Active" | "Inactive" | "Revoked";
  lastUsedAt: Date | null;
};
export type ClientSecretRow = Pick<typeof clientSecrets.$inferSelect, keyof typeof secretColumns>;
export type NewClient = Pick<
  typeof clients.$inferInsert,
  "id" | "tenantId" | "clientId" | "name" | "scopes" | "active"
>;
export type NewClientSecret = Pick<
  typeof clientSecrets.$inferInsert,
  "id" | "tenantId" | "clientUuid" | "secretHash" | "hint"
>;

/** Inserts a client and returns what may be shown of it. */
export async function insertClient(tx: Transaction, values: NewClient): Promise<ClientRow> {
  const rows = await tx.insert(clients).values(values).returning(columns);
  return rows[0] as ClientRow;
}

/** One client of a Tenant by its public id, or null; `lock` holds its row. */
export async function findClient(
  tx: Transaction,
  tenantId: string,
  clientId: string,
  lock = false,
): Promise<ClientRow | null> {
  const query = tx
    .select(columns)
    .from(clients)
    .where(and(eq(clients.tenantId, tenantId), eq(clients.clientId, clientId)));
  const rows = await (lock ? query.for("no key update", { of: clients }) : query);
  return rows[0] ?? null;
}

/** The Tenant of a client, for the command line, which names clients by id alone. */
export async function findTenantOfClient(
  tx: Transaction,
  clientId: string,
): Promise<string | null> {
  const rows = await tx
    .select({ tenantId: clients.tenantId })
    .from(clients)
    .where(eq(clients.clientId, clientId));
  return rows[0]?.tenantId ?? null;
}

export type ClientFilter = {
  status?: "Active" | "Inactive" | "Revoked";
  /** Public id of the last client of the page before. */
  after?: string;
  limit?: number;
};

/** Clients of a Tenant, newest first. */
export function listClients(
  tx: Transaction,
  tenantId: string,
  filter: ClientFilter,
): Promise<ClientRow[]> {
  const conditions: (SQL | undefined)[] = [eq(clients.tenantId, tenantId)];
  if (filter.status === "Revoked") conditions.push(sql`${clients.revokedAt} is not null`);
  else if (filter.status) {
    conditions.push(isNull(clients.revokedAt), eq(clients.active, filter.status === "Active"));
  }
  if (filter.after) {
    conditions.push(
      sql`(${clients.createdAt}, ${clients.id}) < (select p.created_at, p.id from ${clients} p where p.client_id = ${filter.after} and p.tenant_id = ${tenantId})`,
    );
  }
  return tx
    .select(columns)
    .from(clients)
    .where(and(...conditions))
    .orderBy(desc(clients.createdAt), desc(clients.id))
    .limit(filter.limit ?? 1000);
}

/** How many clients a Tenant holds that are not revoked. */
export async function countLiveClients(tx: Transaction, tenantId: string): Promise<number> {
  const rows = await tx
    .select({ live: count() })
    .from(clients)
    .where(and(eq(clients.tenantId, tenantId), isNull(clients.revokedAt)));
  return rows[0]?.live ?? 0;
}

/** Changes a client that the transaction has locked. `revoked` is now, by the database's clock. */
export async function updateClient(
  tx: Transaction,
  tenantId: string,
  clientId: string,
  change: { name?: string; active?: boolean; revoked?: true },
): Promise<ClientRow> {
  const { revoked, ...plain } = change;
  const rows = await tx
    .update(clients)
    .set({ ...plain, ...(revoked ? { revokedAt: sql`clock_timestamp()` } : {}) })
    .where(and(eq(clients.tenantId, tenantId), eq(clients.clientId, clientId)))
    .returning(columns);
  return rows[0] as ClientRow;
}

/** Inserts a secret and returns what may be shown of it. */
export async function insertClientSecret(
  tx: Transaction,
  values: NewClientSecret,
): Promise<ClientSecretRow> {
  const rows = await tx.insert(clientSecrets).values(values).returning(secretColumns);
  return rows[0] as ClientSecretRow;
}

/** Secrets of some clients of a Tenant, oldest first, retired ones included. */
export async function listClientSecrets(
  tx: Transaction,
  tenantId: string,
  clientUuids: string[],
): Promise<ClientSecretRow[]> {
  if (clientUuids.length === 0) return [];
  return tx
    .select(secretColumns)
    .from(clientSecrets)
    .where(
      and(eq(clientSecrets.tenantId, tenantId), inArray(clientSecrets.clientUuid, clientUuids)),
    )
    .orderBy(asc(clientSecrets.createdAt), asc(clientSecrets.id));
}

/** Retires a secret now, by the database's clock. */
export async function retireClientSecret(
  tx: Transaction,
  tenantId: string,
  secretId: string,
): Promise<void> {
  await tx
    .update(clientSecrets)
    .set({ retiredAt: sql`clock_timestamp()` })
    .where(and(eq(clientSecrets.tenantId, tenantId), eq(clientSecrets.id, secretId)));
}
