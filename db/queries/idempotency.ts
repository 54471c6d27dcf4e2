import { and, eq, lte, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { idempotentCalls } from "../schema";

const expired = lte(idempotentCalls.createdAt, sql`now() - interval '24 hours'`);

export type EarlierCall = { requestHash: Buffer; answer: Buffer | null };

/**
 * Claims a key for this transaction, waiting for another that is claiming the same.
 * @returns null where it is ours now, else the call that was made with it within 24 hours.
 */
export async function claimKey(
  tx: Transaction,
  call: { tenantId: string; keyHash: Buffer; requestHash: Buffer },
): Promise<EarlierCall | null> {
  const { tenantId, keyHash } = call;
  await tx.delete(idempotentCalls).where(and(eq(idempotentCalls.tenantId, tenantId), expired));
  const claimed = await tx
    .insert(idempotentCalls)
    .values(call)
    .onConflictDoNothing()
    .returning({ tenantId: idempotentCalls.tenantId });
  if (claimed.length > 0) return null;
  const rows = await tx
    .select({ requestHash: idempotentCalls.requestHash, answer: idempotentCalls.answer })
    .from(idempotentCalls)
    .where(and(eq(idempotentCalls.tenantId, tenantId), eq(idempotentCalls.keyHash, keyHash)));
  return rows[0] as EarlierCall;
}

/** Keeps the sealed answer of a call whose key this transaction has claimed. */
export async function keepAnswer(
  tx: Transaction,
  call: { tenantId: string; keyHash: Buffer; answer: Buffer },
): Promise<void> {
  await tx
    .update(idempotentCalls)
    .set({ answer: call.answer })
    .where(
      and(eq(idempotentCalls.tenantId, call.tenantId), eq(idempotentCalls.keyHash, call.keyHash)),
    );
}
