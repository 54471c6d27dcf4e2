import { and, asc, eq, gt, isNotNull } from "drizzle-orm";
import type { Transaction } from "../client";
import { users, webhooks } from "../schema";

export type SealedRow = { id: string; sealed: Buffer };

/** TOTP seeds as they are stored, by user, some at a time; held until the transaction ends. */
export async function lockSeeds(
  tx: Transaction,
  after: string,
  limit: number,
): Promise<SealedRow[]> {
  const rows = await tx
    .select({ id: users.id, sealed: users.totpCiphertext })
    .from(users)
    .where(and(isNotNull(users.totpCiphertext), gt(users.id, after)))
    .orderBy(asc(users.id))
    .limit(limit)
    .for("no key update");
  return rows as SealedRow[];
}

/** Puts another ciphertext of the same seed in place. */
export async function replaceSeed(tx: Transaction, { id, sealed }: SealedRow): Promise<void> {
  await tx.update(users).set({ totpCiphertext: sealed }).where(eq(users.id, id));
}

/** Signing secrets of webhooks, likewise. */
export function lockWebhookSecrets(
  tx: Transaction,
  after: string,
  limit: number,
): Promise<SealedRow[]> {
  return tx
    .select({ id: webhooks.id, sealed: webhooks.secretCiphertext })
    .from(webhooks)
    .where(gt(webhooks.id, after))
    .orderBy(asc(webhooks.id))
    .limit(limit)
    .for("no key update");
}

/** Puts another ciphertext of the same secret in place. */
export async function replaceWebhookSecret(
  tx: Transaction,
  { id, sealed }: SealedRow,
): Promise<void> {
  await tx.update(webhooks).set({ secretCiphertext: sealed }).where(eq(webhooks.id, id));
}
