import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Sql, type TransactionSql } from "postgres";
import type { Transaction } from "../client";
import * as schema from "../schema";
import { translateError } from "../unavailable";

/** Whatever is copied comes out and goes in alike, however the server is set up. */
const SESSION = [
  "set local statement_timeout = 0",
  "set local idle_in_transaction_session_timeout = 0",
  "set local lock_timeout = '10s'",
  "set local timezone = 'UTC'",
  "set local datestyle = 'ISO, YMD'",
  "set local bytea_output = 'hex'",
  "set local search_path = public",
].join("; ");

export type OwnerTransaction = {
  /** For `COPY` and the catalogue. */
  raw: TransactionSql;
  /** For query functions, past row-level security. */
  tx: Transaction;
};

/**
 * One transaction as the owner of the tables, which takes as long as it takes.
 * @param mode of the transaction, such as `isolation level repeatable read read only`
 * @throws DatabaseUnavailable, and what `work` throws
 */
export async function asOwner<T>(
  url: string,
  mode: string,
  work: (transaction: OwnerTransaction) => Promise<T>,
): Promise<T> {
  const sql = postgres(url, {
    max: 1,
    prepare: false,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "servicebroker-backup" },
  });
  try {
    return (await sql.begin(mode, async (raw) => {
      await raw.unsafe(SESSION);
      return work({ raw, tx: drizzle(within(sql, raw), { schema }) as unknown as Transaction });
    })) as T;
  } catch (error) {
    throw translateError(error, true);
  } finally {
    await sql.end({ timeout: 1 }).catch(() => {});
  }
}

/** What Drizzle asks of a client, inside a transaction that is open already. */
function within(sql: Sql, raw: TransactionSql): Sql {
  const { options } = sql;
  const unsafe = raw.unsafe.bind(raw);
  const begin = raw.savepoint.bind(raw);
  return { options, unsafe, begin } as unknown as Sql;
}
