import { eq, lt, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { signInAttempts } from "../schema";

export type AttemptCount = { key: string; count: number; secondsLeft: number };

/**
 * Counts one attempt for each key and returns the counts with this one, over windows that start
 * with their first attempt.
 * @param keys sorted, so that two attempts at once lock in one order.
 */
export async function countAttempts(
  tx: Transaction,
  keys: string[],
  windowSeconds: number,
): Promise<AttemptCount[]> {
  const next = sql`now() + make_interval(secs => ${windowSeconds})`;
  const over = sql`${signInAttempts.resetsAt} <= now()`;
  return tx
    .insert(signInAttempts)
    .values(keys.map((key) => ({ key, count: 1, resetsAt: next })))
    .onConflictDoUpdate({
      target: signInAttempts.key,
      set: {
        count: sql`case when ${over} then 1 else ${signInAttempts.count} + 1 end`,
        resetsAt: sql`case when ${over} then excluded.resets_at else ${signInAttempts.resetsAt} end`,
      },
    })
    .returning({
      key: signInAttempts.key,
      count: signInAttempts.count,
      secondsLeft: sql<number>`ceil(extract(epoch from ${signInAttempts.resetsAt} - now()))::int`,
    });
}

/** Takes back an attempt that succeeded: forgets the account's, refunds the address's. */
export async function forgiveAttempt(
  tx: Transaction,
  keys: { account: string; address: string | null },
): Promise<void> {
  await tx.delete(signInAttempts).where(eq(signInAttempts.key, keys.account));
  if (!keys.address) return;
  await tx
    .update(signInAttempts)
    .set({ count: sql`greatest(${signInAttempts.count} - 1, 0)` })
    .where(eq(signInAttempts.key, keys.address));
}

/** Drops what was counted in windows long over. */
export async function dropOldAttempts(tx: Transaction): Promise<void> {
  await tx.delete(signInAttempts).where(lt(signInAttempts.resetsAt, sql`now() - interval '1 day'`));
}
