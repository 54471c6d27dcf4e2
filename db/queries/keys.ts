import { asc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { signingKeys } from "../schema";

export type SigningKeyRow = typeof signingKeys.$inferSelect;
export type NewSigningKey = Omit<typeof signingKeys.$inferInsert, "createdAt">;
export type KeyTimes = { signsFrom?: Date; signsUntil?: Date; publishedUntil?: Date };

/** Every signing key there is, in the order in which they sign, and the database's clock. */
export async function readKeys(tx: Transaction): Promise<{ keys: SigningKeyRow[]; now: Date }> {
  const keys = await tx.select().from(signingKeys).orderBy(asc(signingKeys.signsFrom));
  const clock = await tx.execute<{ now: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  );
  return { keys, now: new Date(Number(clock[0]?.now)) };
}

/** Inserts a key: from now on it is published. */
export async function insertKey(tx: Transaction, values: NewSigningKey): Promise<void> {
  await tx.insert(signingKeys).values(values);
}

/** Changes when a key signs and until when it is published. */
export async function updateKeyTimes(tx: Transaction, kid: string, times: KeyTimes): Promise<void> {
  await tx.update(signingKeys).set(times).where(eq(signingKeys.kid, kid));
}

/** Puts another ciphertext of the same private key in place. */
export async function replaceCiphertext(
  tx: Transaction,
  kid: string,
  privateCiphertext: Buffer,
): Promise<void> {
  await tx.update(signingKeys).set({ privateCiphertext }).where(eq(signingKeys.kid, kid));
}

/** Removes keys whose last JWT has expired. @returns how many went. */
export async function deleteOutlivedKeys(tx: Transaction): Promise<number> {
  const rows = await tx
    .delete(signingKeys)
    .where(sql`${signingKeys.publishedUntil} < now()`)
    .returning({ kid: signingKeys.kid });
  return rows.length;
}
