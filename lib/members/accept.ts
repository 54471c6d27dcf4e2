import { v7 as uuidv7 } from "uuid";
import { onPlatform } from "@/db/client";
import { findInvitation } from "@/db/queries/links";
import { findUserByEmail, insertUser } from "@/db/queries/users";
import { AppError } from "@/lib/errors";
import { hashLinkSecret, linkIsOver } from "@/lib/links/secret";
import { joinByInvitation } from "@/lib/members/join";
import type { AcceptInvitationInput } from "@/lib/members/schema";
import type { Origin, UserPrincipal } from "@/lib/principal";
import { hashPassword } from "@/lib/users/password";

/**
 * Accepts an invitation. Who has no account makes one, with a name and a password; who has one must
 * be signed in to it: a link that somebody else has seen opens no account.
 * @throws AppError `not_found` for a link that is over; `unauthenticated`, `forbidden` for the
 *   account of somebody else; `invalid_request` where name or password is missing.
 */
export async function acceptInvitation(
  origin: Origin,
  signedIn: UserPrincipal | null,
  input: AcceptInvitationInput,
): Promise<{ tenantId: string; email: string; created: boolean }> {
  const passwordHash = input.password ? await hashPassword(input.password) : null;
  return onPlatform(async (tx) => {
    const invitation = await findInvitation(tx, hashLinkSecret(input.secret));
    if (!invitation?.tenantId || invitation.tenantStatus === "deleted") throw linkIsOver();
    const { email, tenantId } = invitation;
    const account = await findUserByEmail(tx, email);
    if (account) {
      demandSame(account.id, signedIn);
      await joinByInvitation(tx, origin, account, invitation);
      return { tenantId, email, created: false };
    }
    if (!passwordHash || !input.name) throw missing(input.name ? "password" : "name");
    const { name } = input;
    const created = await insertUser(tx, { id: uuidv7(), email, name, passwordHash });
    // Another request was first to make the account: this link is used.
    if (!created) throw linkIsOver();
    await joinByInvitation(tx, origin, created, invitation);
    return { tenantId, email, created: true };
  });
}

function demandSame(accountId: string, signedIn: UserPrincipal | null): void {
  if (!signedIn) throw new AppError("unauthenticated", "Sign in to accept this invitation.");
  if (signedIn.userId !== accountId) {
    throw new AppError("forbidden", "This invitation is for somebody else's account.");
  }
}

const missing = (path: string) =>
  new AppError("invalid_request", `${path}: Must be given.`, {
    issues: [{ path, message: "Must be given." }],
  });
