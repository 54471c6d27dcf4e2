import { randomBytes } from "node:crypto";
import postgres from "postgres";

/** The migrated database that every test database is a copy of. */
export const TEMPLATE = "servicebroker_template";

/** Where global-setup.ts leaves the address of the run's own PostgreSQL for the workers. */
export const POSTGRES_VARIABLE = "BROKER_TEST_POSTGRES";

/**
 * Makes a database of the test's own on the run's PostgreSQL.
 *
 * @param template what it is a copy of; `template0` is an empty one
 * @returns its URL
 */
export async function createDatabase(template: string = TEMPLATE): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await query(postgresUrl(), (sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  const url = new URL(postgresUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database, whoever is still connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await query(postgresUrl(), (sql) => sql`drop database if exists ${sql(name)} with (force)`);
}

/** Looks into a database, past everything that the product would allow. */
export async function query<T>(url: string, ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Has counts that wait merged, as whoever reads them through the product has. */
export const mergeUsage = async (sql: postgres.Sql): Promise<void> =>
  void (await sql`select broker_merge_usage(0, 1000000)`);

function postgresUrl(): string {
  const url = process.env[POSTGRES_VARIABLE];
  if (!url) throw new Error("The run's PostgreSQL is missing: see e2e/support/global-setup.ts.");
  return url;
}
