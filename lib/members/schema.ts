import { z } from "zod";
import { linkSecretSchema } from "@/lib/links/schema";
import { label } from "@/lib/text";
import { newPasswordSchema } from "@/lib/users/new-password";
import { emailSchema, memberRoleSchema } from "@/lib/users/schema";

export type MemberRole = z.infer<typeof memberRoleSchema>;

/** Somebody who belongs to a Tenant. */
export type Member = {
  userId: string;
  email: string;
  name: string;
  role: MemberRole;
  /** Since when they belong to it. */
  createdAt: string;
  disabled: boolean;
  /** Whether they sign in with a second step. */
  totp: boolean;
  lastSeenAt: string | null;
};

/** Somebody who was asked to belong to a Tenant and has not answered. */
export type Invitation = {
  id: string;
  email: string;
  role: MemberRole;
  inviterName: string | null;
  createdAt: string;
  expiresAt: string;
};

export type People = { members: Member[]; invitations: Invitation[] };

export const inviteSchema = z.strictObject({ email: emailSchema, role: memberRoleSchema });
export type InviteInput = z.infer<typeof inviteSchema>;

/**
 * An invitation just made: by mail, or, where there is no mail server, as a link to pass on, shown
 * once. Neither means that the mail server didn't take it.
 */
export type SentInvitation = { invitation: Invitation; mailed: boolean; link: string | null };

export const changeRoleSchema = z.strictObject({ role: memberRoleSchema });

/** What the holder of a link sees before accepting. */
export type OpenInvitation = {
  tenantId: string;
  tenantName: string;
  email: string;
  role: MemberRole;
  inviterName: string | null;
  expiresAt: string;
  /** Whether the e-mail has an account already: then one signs in to accept. */
  hasAccount: boolean;
};

export const acceptInvitationSchema = z.strictObject({
  secret: linkSecretSchema,
  name: label.optional(),
  password: newPasswordSchema.optional(),
});
export type AcceptInvitationInput = z.infer<typeof acceptInvitationSchema>;
