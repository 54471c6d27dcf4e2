import { v7 as uuidv7 } from "uuid";
import { onPlatform, type Transaction } from "@/db/client";
import { findAccount, insertSession } from "@/db/queries/sessions";
import { AppError } from "@/lib/errors";
import type { Origin } from "@/lib/principal";
import { attemptKeys, countSignIn, forgiveSignIn } from "@/lib/sessions/attempts";
import { recordForUser } from "@/lib/sessions/record";
import { generateSessionSecret, hashSessionSecret, lifetimeSeconds } from "@/lib/sessions/secret";
import { verifyPassword } from "@/lib/users/password";

/**
 * Signs a person in by e-mail and password.
 * @returns the session's secret, for the cookie; only its hash is kept.
 * @throws AppError `invalid_credentials`, the same and after the same work for an unknown account,
 *   a wrong password and a disabled user; `too_many_requests`.
 */
export async function startSession(
  origin: Origin,
  input: { email: string; password: string },
): Promise<{ userId: string; secret: string }> {
  const email = input.email.trim().toLowerCase();
  const keys = attemptKeys(email, origin.address);
  await countSignIn(keys);
  const account = await onPlatform((tx) => findAccount(tx, email));
  const matches = await verifyPassword(account?.passwordHash ?? null, input.password);
  if (!account || !matches || account.disabledAt) {
    throw new AppError("invalid_credentials", "E-mail and password don't match.");
  }
  await forgiveSignIn(keys);
  const secret = generateSessionSecret();
  await onPlatform((tx) => openSession(tx, origin, account, secret));
  return { userId: account.id, secret };
}

async function openSession(
  tx: Transaction,
  origin: Origin,
  user: { id: string; email: string },
  secret: string,
): Promise<void> {
  const { address, userAgent } = origin;
  const session = { id: uuidv7(), sessionHash: hashSessionSecret(secret), userId: user.id };
  await insertSession(tx, { ...session, address, userAgent }, lifetimeSeconds);
  await recordForUser(tx, origin, user, "user.signed-in");
}
