import { sql } from "drizzle-orm";
import type { Transaction } from "../client";

/** Holds a named advisory lock until the transaction ends, waiting for it where needed. */
export async function takeLock(tx: Transaction, name: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`servicebroker/${name}`}, 0))`,
  );
}

/** The same without waiting: whether it could be had. */
export async function tryLock(tx: Transaction, name: string): Promise<boolean> {
  const rows = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`servicebroker/${name}`}, 0)) as held`,
  );
  return rows[0]?.held === true;
}
