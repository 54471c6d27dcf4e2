import { visibleText } from "@/lib/browser/format";
import type { Message } from "@/lib/mail/send";

/** The mail that brings an invitation. */
export function invitationMail(invitation: {
  to: string;
  tenantName: string;
  inviter: string;
  role: string;
  link: string;
}): Message {
  const tenant = visibleText(invitation.tenantName);
  return {
    to: invitation.to,
    subject: `Invitation to ${tenant}`,
    text: [
      `${visibleText(invitation.inviter)} invites you to ${tenant} on ServiceBroker Access, as ${invitation.role}.`,
      "",
      "Accept within 72 hours:",
      invitation.link,
      "",
      "The link works once. If you did not expect this, ignore it: nothing happens without you.",
      "",
    ].join("\n"),
  };
}

/** The mail that lets somebody set a new password. */
export function passwordResetMail(reset: { to: string; link: string }): Message {
  return {
    to: reset.to,
    subject: "Set a new password",
    text: [
      "A new password was asked for, for your account on ServiceBroker Access.",
      "",
      "Set one within the hour:",
      reset.link,
      "",
      "The link works once. If this was not you, ignore it: your password stays as it is.",
      "",
    ].join("\n"),
  };
}
