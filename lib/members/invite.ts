import { v7 as uuidv7 } from "uuid";
import { onPlatform, type Transaction } from "@/db/client";
import { countInWindow } from "@/db/queries/limits";
import { deleteInvitations, insertLink } from "@/db/queries/links";
import { takeLock } from "@/db/queries/locks";
import { findMember } from "@/db/queries/members";
import { findTenant } from "@/db/queries/tenants";
import { findUserByEmail } from "@/db/queries/users";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { AppError, notFound } from "@/lib/errors";
import { generateLinkSecret, hashLinkSecret, lifetimeOf, linkUrl } from "@/lib/links/secret";
import { invitationMail } from "@/lib/mail/messages";
import { canMail, sendMail } from "@/lib/mail/send";
import type { InviteInput, SentInvitation } from "@/lib/members/schema";
import type { Principal } from "@/lib/principal";

const mostPerHour = 100;

/**
 * Invites somebody to a Tenant by a one-time link that holds for 72 hours. An earlier invitation of
 * the same address to the same Tenant is void. The link goes by mail; where there is no mail server,
 * to the inviter to pass on. What a mail server didn't take can be sent anew by inviting again.
 * @throws AppError `conflict` for a member; `too_many_requests`; `not_found`, `forbidden`.
 */
export async function inviteMember(
  principal: Principal,
  input: InviteInput & { tenantId: string },
): Promise<SentInvitation> {
  const { tenantId, email, role } = input;
  demand(principal, tenantId, "members:manage");
  const secret = generateLinkSecret();
  const id = uuidv7();
  const { tenant, expiresAt } = await onPlatform(async (tx) => {
    const found = await findTenant(tx, tenantId);
    if (!found || found.status === "deleted") throw notFound("Tenant");
    await takeLock(tx, `members/${tenantId}`);
    await refuseMember(tx, tenantId, email);
    await limitInvitations(tx, tenantId);
    await deleteInvitations(tx, tenantId, { email });
    const createdBy = principal.kind === "user" ? principal.userId : null;
    const linkHash = hashLinkSecret(secret);
    const link = { id, kind: "invitation" as const, linkHash, email, tenantId, role, createdBy };
    const end = await insertLink(tx, link, lifetimeOf.invitation);
    await recordEvent(tx, principal, {
      tenantId,
      action: "member.invited",
      target: { type: "user", id, name: email },
      after: { role, expiresAt: end.toISOString() },
    });
    return { tenant: found, expiresAt: end };
  });
  const link = linkUrl("invitation", secret);
  const inviter = principal.name;
  const mailed = await sendMail(
    invitationMail({ to: email, tenantName: tenant.name, inviter, role, link }),
  );
  const createdAt = new Date(expiresAt.getTime() - lifetimeOf.invitation * 1000).toISOString();
  return {
    invitation: {
      id,
      email,
      role,
      inviterName: inviter,
      createdAt,
      expiresAt: expiresAt.toISOString(),
    },
    mailed,
    link: canMail() ? null : link,
  };
}

async function refuseMember(tx: Transaction, tenantId: string, email: string): Promise<void> {
  const user = await findUserByEmail(tx, email);
  if (user && (await findMember(tx, tenantId, user.id))) {
    throw new AppError("conflict", "They belong to this Tenant already.");
  }
}

async function limitInvitations(tx: Transaction, tenantId: string): Promise<void> {
  const { count, secondsLeft } = await countInWindow(tx, tenantId, "member.invited", 3600);
  if (count <= mostPerHour) return;
  throw new AppError(
    "too_many_requests",
    `This Tenant sent ${mostPerHour} invitations within an hour, the most it may.`,
    { retryAfter: Math.max(1, secondsLeft) },
  );
}
