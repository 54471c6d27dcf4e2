import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { createFacade, type Facade } from "./facade";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
/** A transaction in which a role has been taken: the only thing that query functions accept. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export type PoolOptions = { max: number; transactionPooler: boolean };

const shared = globalThis as { [key: symbol]: Facade | undefined };
const poolKey = Symbol.for("servicebroker.database");
let database: Database | undefined;

/** Environment decides, since the server entry and Next's bundle load this module separately. */
function poolOptions(): PoolOptions {
  return {
    max: Number(process.env.DATABASE_POOL_SIZE || 8),
    transactionPooler: process.env.DATABASE_POOLER === "transaction",
  };
}

function facade(): Facade {
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new Error("DATABASE_URL is not set; `npm start` sets it for the embedded database");
  const { max, transactionPooler } = poolOptions();
  shared[poolKey] ??= createFacade(url, {
    max,
    prepare: !transactionPooler,
    applicationName: "servicebroker",
  });
  return shared[poolKey];
}

function transact<T>(role: string, tenantId: string, work: (tx: Transaction) => Promise<T>) {
  database ??= drizzle(facade() as unknown as Sql, { schema });
  return database.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', ${role}, true), set_config('broker.tenant_id', ${tenantId}, true)`,
    );
    return work(tx);
  });
}

/** Runs a transaction that sees one Tenant's rows only, by row-level security. */
export function inTenant<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return transact("broker_tenant", tenantId, work);
}

/** Runs a transaction over all Tenants: sign-in, staff, operator, background work. */
export function onPlatform<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return transact("broker_platform", "", work);
}

/** Whether the database answers. @throws DatabaseUnavailable */
export async function pingDatabase(): Promise<void> {
  await facade().unsafe("select 1", []);
}

/** Closes the pools of this process, letting work in flight finish. */
export async function closeDatabase(): Promise<void> {
  const open = shared[poolKey];
  shared[poolKey] = undefined;
  database = undefined;
  await open?.end({ timeout: 5 });
}
