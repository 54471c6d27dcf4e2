import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { createFacade, type Facade, type FacadeOptions } from "./facade";
import { migrationsCurrent } from "./migrate";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
/** A transaction in which a role has been taken: the only thing that query functions accept. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

const shared = globalThis as { [key: symbol]: Facade | undefined };
const mainPool = Symbol.for("servicebroker.pool");
const verifyPool = Symbol.for("servicebroker.verify-pool");
const countingPool = Symbol.for("servicebroker.counting-pool");
const allPools = [mainPool, verifyPool, countingPool];
let database: Database | undefined;

/** The environment decides: the server entry and Next's bundle each load this module. */
function open(key: symbol, options: FacadeOptions): Facade {
  const existing = shared[key];
  if (existing) return existing;
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new Error("DATABASE_URL is not set; npm start sets it for the embedded database.");
  const prepare = process.env.DATABASE_POOLER !== "transaction";
  const made = createFacade(url, { prepare, ...options });
  shared[key] = made;
  return made;
}

const pool = () =>
  open(mainPool, {
    max: Number(process.env.DATABASE_POOL_SIZE || 8),
    applicationName: "servicebroker",
  });

/**
 * The small pool of verification alone: a busy portal can't make a gateway wait. Its deadline and
 * the time for which a look-up may wait to be sent add up to less than two seconds.
 */
export const verifierPool = () =>
  open(verifyPool, { max: 2, deadlineMs: 1_100, applicationName: "servicebroker-verify" });

/** One connection for counts: however busy all else is, they get through. */
export const flushPool = () =>
  open(countingPool, { max: 1, applicationName: "servicebroker-usage" });

function transact<T>(role: string, tenantId: string, work: (tx: Transaction) => Promise<T>) {
  database ??= drizzle(pool(), { schema });
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

/** Whether the database answers and holds this release's schema. @throws DatabaseUnavailable */
export const migrationsAreCurrent = (): Promise<boolean> => migrationsCurrent(pool());

/** How often clients of this process were replaced after a lost connection. */
export const databaseReplacements = (): number =>
  allPools.reduce((sum, key) => sum + (shared[key]?.replacements() ?? 0), 0);

/** Closes the pools of this process, letting work in flight finish. */
export async function closeDatabase(): Promise<void> {
  const pools = allPools.map((key) => shared[key]);
  for (const key of allPools) shared[key] = undefined;
  database = undefined;
  await Promise.all(pools.map((open) => open?.end({ timeout: 5 })));
}
