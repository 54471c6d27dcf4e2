import { onPlatform } from "@/db/client";
import { endSessionsOf, updatePassword } from "@/db/queries/account";
import { deletePasswordResets } from "@/db/queries/links";
import { provePassword, wrong } from "@/lib/account/prove";
import type { ChangePasswordInput } from "@/lib/account/schema";
import type { UserPrincipal } from "@/lib/principal";
import { recordForUser } from "@/lib/sessions/record";
import { hashPassword } from "@/lib/users/password";

/**
 * Changes one's own password. Every other session ends; open links to reset it are void.
 * @returns how many sessions were ended.
 * @throws AppError `invalid_request` for a wrong current password or an unfit new one;
 *   `conflict`, `too_many_requests`.
 */
export async function changePassword(
  principal: UserPrincipal,
  input: ChangePasswordInput,
): Promise<{ sessionsEnded: number }> {
  const account = await provePassword(principal, input.current, "current");
  if (input.next === input.current) throw wrong("next", "This is the password that you have.");
  if (input.next.toLowerCase().includes(account.email)) {
    throw wrong("next", "Must not hold your e-mail address.");
  }
  const passwordHash = await hashPassword(input.next);
  return onPlatform(async (tx) => {
    await updatePassword(tx, account.id, passwordHash);
    await deletePasswordResets(tx, account.id);
    const ended = await endSessionsOf(tx, account.id, { except: principal.sessionId });
    await recordForUser(tx, principal.origin, account, "user.password-changed", {
      sessionsEnded: ended,
    });
    return { sessionsEnded: ended };
  });
}
