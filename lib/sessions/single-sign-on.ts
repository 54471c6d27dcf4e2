import { v7 as uuidv7 } from "uuid";
import { onPlatform, type Transaction } from "@/db/client";
import {
  findUserByIdentity,
  hasIdentity,
  type IdentityUser,
  insertIdentity,
} from "@/db/queries/identities";
import { listInvitationsOf } from "@/db/queries/links";
import { takeLock } from "@/db/queries/locks";
import { findUserByEmail, insertUser } from "@/db/queries/users";
import { AppError } from "@/lib/errors";
import { joinByInvitation } from "@/lib/members/join";
import type { Origin } from "@/lib/principal";
import { recordForUser } from "@/lib/sessions/record";
import { generateSessionSecret } from "@/lib/sessions/secret";
import { openSession } from "@/lib/sessions/start";
import { emailSchema } from "@/lib/users/schema";

/** What a provider says of somebody, after signature, nonce, issuer and audience were checked. */
export type ProviderClaims = {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
};

/** Why somebody for whom the provider vouches gets no session; the sign-in page has words for each. */
export type Refusal =
  | "unknown_account"
  | "unverified_email"
  | "account_disabled"
  | "linked_otherwise";

/**
 * Signs in whom an OpenID Connect provider vouches for. The first time, the account there is linked
 * by its verified e-mail to a user whom we know, or to one who was invited; from then on its
 * subject counts, not the address. Open invitations of the address are accepted by this.
 * @returns the session's secret, for the cookie; for everybody else why there is none.
 */
export function startSessionByProvider(
  origin: Origin,
  claims: ProviderClaims,
): Promise<{ secret: string } | { refused: Refusal }> {
  const secret = generateSessionSecret();
  return onPlatform(async (tx) => {
    const email = verifiedEmail(claims);
    if (email) await takeLock(tx, `sign-in/${email}`);
    const user =
      (await findUserByIdentity(tx, claims.issuer, claims.subject)) ??
      (await link(tx, origin, claims, email));
    if (typeof user === "string") return { refused: user };
    if (user.disabledAt) return { refused: "account_disabled" };
    if (email === user.email) await acceptAll(tx, origin, user);
    await openSession(tx, origin, user, secret, "single sign-on");
    return { secret };
  });
}

function verifiedEmail({ email, emailVerified }: ProviderClaims): string | null {
  const parsed = emailSchema.safeParse(email);
  return emailVerified && parsed.success ? parsed.data : null;
}

async function link(
  tx: Transaction,
  origin: Origin,
  { issuer, subject, name }: ProviderClaims,
  email: string | null,
): Promise<IdentityUser | Refusal> {
  if (!email) return "unverified_email";
  const user = (await findUserByEmail(tx, email)) ?? (await createInvited(tx, email, name));
  if (!user) return "unknown_account";
  if (user.disabledAt) return "account_disabled";
  // The address may have changed hands there: whoever was linked first stays the one.
  if (await hasIdentity(tx, issuer, user.id)) return "linked_otherwise";
  if (!(await insertIdentity(tx, { issuer, subject, userId: user.id }))) {
    throw new AppError("conflict", "This account was linked by another request just now.");
  }
  await acceptAll(tx, origin, user);
  await recordForUser(tx, origin, user, "user.identity-linked", { issuer });
  return user;
}

async function createInvited(tx: Transaction, email: string, name: string | null) {
  const invitations = await listInvitationsOf(tx, email);
  if (!invitations.some((invitation) => invitation.tenantStatus !== "deleted")) return null;
  const called = [...(name ?? "").replace(/\p{Cc}|\p{Cs}/gu, "").trim()].slice(0, 100).join("");
  return insertUser(tx, { id: uuidv7(), email, name: called || (email.split("@")[0] as string) });
}

async function acceptAll(tx: Transaction, origin: Origin, user: { id: string; email: string }) {
  for (const invitation of await listInvitationsOf(tx, user.email)) {
    if (invitation.tenantStatus !== "deleted") {
      await joinByInvitation(tx, origin, user, invitation);
    }
  }
}
