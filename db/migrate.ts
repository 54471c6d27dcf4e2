import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { translateError } from "./unavailable";

/** Key of the lock that makes instances migrate one after the other: "sbmi" in ASCII. */
const MIGRATING = 0x73626d69;

/** Not the app's: a migration may wait for another instance's, and take its time. */
const LIMITS = [
  "set local statement_timeout = 0",
  "set local idle_in_transaction_session_timeout = 0",
  "set local lock_timeout = 0",
  `select pg_advisory_xact_lock(${MIGRATING})`,
  // A change that waits for a table makes everybody else wait behind it: rather fail and say so.
  "set local lock_timeout = '10s'",
].join("; ");

/**
 * Brings the database up to the migrations in `db/migrations`, each once however many instances
 * start together: all or nothing, in one transaction that holds an advisory lock, so that it works
 * through a pooler in transaction mode too.
 *
 * @param url of a role that owns the tables
 * @throws DatabaseUnavailable when the database can't be reached; else what a migration threw
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    prepare: false,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "servicebroker-migrate" },
  });
  try {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(LIMITS);
      const db = drizzle(withinTransaction(sql, transaction));
      await runMigrations(db, { migrationsFolder: migrationsFolder() });
    });
  } catch (error) {
    throw translateError(error, true);
  } finally {
    await sql.end({ timeout: 1 }).catch(() => {});
  }
}

/** Drizzle's migrator opens a transaction; inside ours that is a savepoint. */
function withinTransaction(sql: Sql, transaction: TransactionSql): Sql {
  const { options } = sql;
  const unsafe = transaction.unsafe.bind(transaction);
  const begin = transaction.savepoint.bind(transaction);
  return { options, unsafe, begin } as unknown as Sql;
}

/**
 * Whether every migration that this release knows has run; later ones may have, too.
 *
 * @throws DatabaseUnavailable from a client that is a facade
 */
export async function migrationsCurrent(client: Pick<Sql, "unsafe">): Promise<boolean> {
  const newest = Math.max(0, ...journal().map(({ when }) => when));
  try {
    const [row] = await client.unsafe<{ last: string | null }[]>(
      "select max(created_at)::text as last from drizzle.__drizzle_migrations",
    );
    return Number(row?.last ?? 0) >= newest;
  } catch (error) {
    // 42P01: no such table, hence nothing has been migrated.
    if ((error as { code?: string }).code === "42P01") return newest === 0;
    throw error;
  }
}

/** Beside this module when it runs from source; in the project's folder when it is bundled. */
function migrationsFolder(): string {
  const beside = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");
  return existsSync(beside) ? beside : path.resolve("db/migrations");
}

let known: { when: number }[] | undefined;

function journal(): { when: number }[] {
  const file = path.join(migrationsFolder(), "meta/_journal.json");
  known ??= (JSON.parse(readFileSync(file, "utf8")) as { entries: { when: number }[] }).entries;
  return known;
}
