import { onPlatform } from "@/db/client";
import { endSessionsOf, updatePassword } from "@/db/queries/account";
import { forgiveAttempt } from "@/db/queries/attempts";
import { findPasswordReset, spendLink } from "@/db/queries/links";
import type { CompleteResetInput } from "@/lib/account/schema";
import { hashLinkSecret, linkIsOver } from "@/lib/links/secret";
import type { Origin } from "@/lib/principal";
import { attemptKeys } from "@/lib/sessions/attempts";
import { recordForUser } from "@/lib/sessions/record";
import { hashPassword } from "@/lib/users/password";

/** Whose password a link sets. @throws AppError `not_found` for any link that is over. */
export async function lookUpReset(input: { secret: string }): Promise<{ email: string }> {
  const found = await onPlatform((tx) => findPasswordReset(tx, hashLinkSecret(input.secret)));
  if (!found) throw linkIsOver();
  return { email: found.email };
}

/**
 * Sets a new password by a link, once. Every session of the account ends; a second step that is on
 * stays on.
 * @throws AppError `not_found` for any link that is over.
 */
export async function completeReset(
  origin: Origin,
  input: CompleteResetInput,
): Promise<{ email: string }> {
  const linkHash = hashLinkSecret(input.secret);
  await lookUpReset(input);
  const passwordHash = await hashPassword(input.password);
  return onPlatform(async (tx) => {
    const link = await findPasswordReset(tx, linkHash);
    if (!link || !(await spendLink(tx, link.id))) throw linkIsOver();
    const user = { id: link.userId, email: link.email };
    await updatePassword(tx, user.id, passwordHash);
    await forgiveAttempt(tx, { account: attemptKeys(user.email, null).account, address: null });
    const sessionsEnded = await endSessionsOf(tx, user.id);
    await recordForUser(tx, origin, user, "user.password-reset", { sessionsEnded });
    return { email: user.email };
  });
}
