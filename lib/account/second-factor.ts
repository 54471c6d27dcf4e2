import { onPlatform, type Transaction } from "@/db/client";
import { type SecretsRow, spendRecoveryCode, spendTotpStep } from "@/db/queries/account";
import { hashRecoveryCode, stepOfCode, unsealSeed } from "@/lib/account/totp-code";
import type { Origin } from "@/lib/principal";
import { countSignIn, forgiveSignIn } from "@/lib/sessions/attempts";

export type UsedFactor = { by: "totp" } | { by: "recovery-code"; left: number };

/**
 * Checks the second step of somebody whose password was right, and uses it up: neither a code nor a
 * recovery code works twice, however many requests try at once.
 * @param now milliseconds of the epoch
 * @returns what it was, or null where it is not good.
 */
export async function spendSecondFactor(
  tx: Transaction,
  user: SecretsRow,
  code: string,
  now: number,
): Promise<UsedFactor | null> {
  if (!user.totpCiphertext) return null;
  const step = stepOfCode(unsealSeed(user.totpCiphertext, user.id), code, now);
  if (step !== null) return (await spendTotpStep(tx, user.id, step)) ? { by: "totp" } : null;
  const left = await spendRecoveryCode(tx, user.id, hashRecoveryCode(code));
  return left === null ? null : { by: "recovery-code", left };
}

/**
 * Runs what checks a code of six digits, in a transaction. Codes are counted by themselves, and
 * forgiven for a good code only: knowing the password buys no more guesses.
 * @throws AppError `too_many_requests`, and what `work` throws.
 */
export async function countingCodes<T>(
  origin: Origin,
  email: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const keys = { account: `code:${email}`, address: origin.address && `address:${origin.address}` };
  await countSignIn(keys);
  const result = await onPlatform(work);
  await forgiveSignIn(keys);
  return result;
}
