import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { createFacade, type Facade, type FacadeOptions } from "./facade";
import { migrationsCurrent } from "./migrate";
import * as schema from "./schema";
import { createVerifiers, standbysAtRisk } from "./verifiers";

export type Database = PostgresJsDatabase<typeof schema>;
/** A transaction in which a role has been taken: the only thing that query functions accept. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** The pools of this process: the server entry and Next's bundle each load this module. */
type Pools = {
  open: Map<string, Facade>;
  verifiers?: ReturnType<typeof createVerifiers> | undefined;
};
const key = Symbol.for("servicebroker.pools");
const global_ = globalThis as { [key: symbol]: Pools | undefined };
global_[key] ??= { open: new Map() };
const pools = global_[key];
let database: Database | undefined;

/** The environment decides. */
function open(name: string, options: FacadeOptions, url = process.env.DATABASE_URL): Facade {
  const existing = pools.open.get(name);
  if (existing) return existing;
  if (!url)
    throw new Error("DATABASE_URL is not set; npm start sets it for the embedded database.");
  const prepare = process.env.DATABASE_POOLER !== "transaction";
  const made = createFacade(url, { prepare, ...options });
  pools.open.set(name, made);
  return made;
}

/** Synchronous standbys that verification reads from; none unless set. */
const replicaUrls = () => (process.env.DATABASE_REPLICA_URLS ?? "").split(",").filter(Boolean);

/** So that the answer to a database that hangs has left within two seconds. */
const deadlineMs = 1_800;

/** The first statement of each transaction, as Drizzle writes it. */
const takeRole = (role: string, tenantId: string) =>
  sql`select set_config('role', ${role}, true), set_config('broker.tenant_id', ${tenantId}, true)`;
const kept = new Set([new PgDialect().sqlToQuery(takeRole("", "")).sql]);

const pool = () =>
  open("main", {
    max: Number(process.env.DATABASE_POOL_SIZE || 8),
    deadlineMs,
    kept,
    applicationName: "servicebroker",
    // A change is acknowledged once each standby shows it to whoever asks.
    ...(replicaUrls().length > 0 ? { connection: { synchronous_commit: "remote_apply" } } : {}),
  });

/**
 * The small pools of verification alone: a busy portal can't make a gateway wait. Their deadline
 * and the time for which a look-up may wait to be sent add up to less than two seconds.
 */
const verifying = {
  max: 2,
  deadlineMs: 1_100,
  applicationName: "servicebroker-verify",
  // A plan for one batch is good for every other, and none of them reads a whole table.
  connection: { plan_cache_mode: "force_generic_plan", enable_seqscan: "off" },
};

/**
 * Runs a statement that decides about credentials, on a standby where there are some.
 * @returns its rows as arrays
 * @throws DatabaseUnavailable
 */
export function askVerifier(text: string, params: string[]): Promise<unknown[][]> {
  pools.verifiers ??= createVerifiers(
    open("verify", verifying),
    replicaUrls().map((url, at) => open(`verify ${at}`, verifying, url)),
  );
  return pools.verifiers(text, params);
}

/** Statements that may be under way at once for each kind of look-up. */
export const verifiersAtOnce = () => 2 * Math.max(1, replicaUrls().length);

/** @throws Error where a standby could miss a change that was acknowledged; DatabaseUnavailable */
export async function checkReplicas(): Promise<void> {
  const count = replicaUrls().length;
  if (count === 0) return;
  const [row] = await pool().unsafe("show synchronous_standby_names");
  const risk = standbysAtRisk(String(row?.synchronous_standby_names ?? ""), count);
  if (risk) throw new Error(risk);
}

/** One connection for counts: however busy all else is, they get through. */
export const flushPool = () => open("usage", { max: 1, applicationName: "servicebroker-usage" });

/**
 * Runs a statement that calls one of the database's functions, which has a role of its own.
 * @throws DatabaseUnavailable
 */
export const askDatabase = (text: string, params: string[]) => pool().unsafe(text, params);

function transact<T>(role: string, tenantId: string, work: (tx: Transaction) => Promise<T>) {
  database ??= drizzle(pool(), { schema });
  return database.transaction(async (tx) => {
    await tx.execute(takeRole(role, tenantId));
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

/** Passes where the database answers. @throws DatabaseUnavailable */
export const pingDatabase = async (): Promise<void> => void (await pool().unsafe("select 1"));

/** How often clients of this process were replaced after a lost connection. */
export const databaseReplacements = (): number =>
  [...pools.open.values()].reduce((sum, open) => sum + open.replacements(), 0);

/** Closes the pools of this process, letting work in flight finish. */
export async function closeDatabase(): Promise<void> {
  const closing = [...pools.open.values()];
  pools.open.clear();
  pools.verifiers = undefined;
  database = undefined;
  await Promise.all(closing.map((open) => open.end({ timeout: 5 })));
}
