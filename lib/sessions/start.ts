import { v7 as uuidv7 } from "uuid";
import { onPlatform, type Transaction } from "@/db/client";
import { findSecrets, type SecretsRow } from "@/db/queries/account";
import { type Account, findAccount, insertSession } from "@/db/queries/sessions";
import { countingCodes, spendSecondFactor, type UsedFactor } from "@/lib/account/second-factor";
import { AppError } from "@/lib/errors";
import type { Origin } from "@/lib/principal";
import { attemptKeys, countSignIn, forgiveSignIn } from "@/lib/sessions/attempts";
import { recordForUser } from "@/lib/sessions/record";
import { generateSessionSecret, hashSessionSecret, lifetimeSeconds } from "@/lib/sessions/secret";
import { verifyPassword } from "@/lib/users/password";

/**
 * Signs a person in by e-mail and password, and by a code where two-step sign-in is on.
 * @returns the session's secret, for the cookie; only its hash is kept.
 * @throws AppError `invalid_credentials`, the same and after the same work for an unknown account,
 *   a wrong password and a disabled user; `second_factor_required`, `second_factor_invalid` once the
 *   password was right; `too_many_requests`.
 */
export async function startSession(
  origin: Origin,
  input: { email: string; password: string; code?: string },
): Promise<{ userId: string; secret: string }> {
  const email = input.email.trim().toLowerCase();
  const keys = attemptKeys(email, origin.address);
  await countSignIn(keys);
  const account = await onPlatform((tx) => findAccount(tx, email));
  const matches = await verifyPassword(account?.passwordHash ?? null, input.password);
  if (!account || !matches || account.disabledAt) {
    throw new AppError("invalid_credentials", "E-mail and password don't match.");
  }
  const secret = generateSessionSecret();
  const twoSteps = await onPlatform(async (tx) => {
    const user = await lockUnchanged(tx, account);
    if (user.totpConfirmedAt) return true;
    await openSession(tx, origin, account, secret, "password");
    return false;
  });
  if (twoSteps) await openWithCode(origin, account, input.code, secret);
  await forgiveSignIn(keys);
  return { userId: account.id, secret };
}

/**
 * The account, held against changes; its password must still be the one that was verified, or a
 * session would outlive a password just changed.
 */
async function lockUnchanged(tx: Transaction, verified: Account): Promise<SecretsRow> {
  const user = await findSecrets(tx, verified.id, true);
  if (user && user.passwordHash === verified.passwordHash) return user;
  throw new AppError("invalid_credentials", "E-mail and password don't match.");
}

/** Code and session in one transaction: a code is used up by the session that it opens. */
async function openWithCode(
  origin: Origin,
  account: Account,
  code: string | undefined,
  secret: string,
): Promise<void> {
  if (!code) throw new AppError("second_factor_required", "Give the code of your authenticator.");
  await countingCodes(origin, account.email, async (tx) => {
    const user = await lockUnchanged(tx, account);
    const factor = await spendSecondFactor(tx, user, code, Date.now());
    if (!factor) {
      throw new AppError("second_factor_invalid", "This code is not good, or was used already.");
    }
    await openSession(tx, origin, user, secret, nameOf(factor));
  });
}

const nameOf = (factor: UsedFactor) =>
  factor.by === "totp" ? "password and code" : `password and recovery code, ${factor.left} left`;

/** Begins the session of somebody who has proved who they are, and records by what. */
export async function openSession(
  tx: Transaction,
  origin: Origin,
  user: { id: string; email: string },
  secret: string,
  by: string,
): Promise<void> {
  const { address, userAgent } = origin;
  const session = { id: uuidv7(), sessionHash: hashSessionSecret(secret), userId: user.id };
  await insertSession(tx, { ...session, address, userAgent }, lifetimeSeconds);
  await recordForUser(tx, origin, user, "user.signed-in", { by });
}
