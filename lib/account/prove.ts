import { onPlatform } from "@/db/client";
import { findSecrets, type SecretsRow } from "@/db/queries/account";
import { AppError, notFound } from "@/lib/errors";
import type { UserPrincipal } from "@/lib/principal";
import { attemptKeys, countSignIn, forgiveSignIn } from "@/lib/sessions/attempts";
import { verifyPassword } from "@/lib/users/password";

/**
 * Makes a signed-in person prove that they are still themselves, by their password. Attempts count
 * like those to sign in: a stolen session is no way to guess a password.
 * @throws AppError `invalid_request` naming `field`; `conflict` where the account has no password;
 *   `too_many_requests`.
 */
export async function provePassword(
  principal: UserPrincipal,
  password: string,
  field: string,
): Promise<SecretsRow & { passwordHash: string }> {
  const secrets = await onPlatform((tx) => findSecrets(tx, principal.userId));
  if (!secrets) throw notFound("user");
  const { passwordHash } = secrets;
  if (!passwordHash) {
    throw new AppError(
      "conflict",
      "This account has no password. Set one by “Forgot your password?” on the sign-in page.",
    );
  }
  const keys = attemptKeys(principal.email, principal.origin.address);
  await countSignIn(keys);
  if (!(await verifyPassword(passwordHash, password))) {
    throw wrong(field, "This is not your password.");
  }
  await forgiveSignIn(keys);
  return { ...secrets, passwordHash };
}

/** What is wrong with one field of a form. */
export const wrong = (path: string, message: string): AppError =>
  new AppError("invalid_request", message, { issues: [{ path, message }] });
