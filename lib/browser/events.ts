/** What was done, in words that go between who and what: "issued", "revoked". */
const verbs: Record<string, string> = {
  "tenant.provisioned": "provisioned Tenant",
  "tenant.updated": "changed the details of",
  "tenant.suspended": "suspended Tenant",
  "tenant.activated": "reactivated Tenant",
  "tenant.deleted": "deleted Tenant",
  "token.issued": "issued token",
  "token.renamed": "renamed token",
  "token.activated": "activated token",
  "token.deactivated": "deactivated token",
  "token.replaced": "replaced token",
  "token.revoked": "revoked token",
  "client.created": "created client",
  "client.renamed": "renamed client",
  "client.activated": "activated client",
  "client.deactivated": "deactivated client",
  "client.revoked": "revoked client",
  "client.secret-added": "added a secret to client",
  "client.secret-retired": "retired a secret of client",
  "jwt.revoked": "revoked a JWT of",
  "user.created": "added",
  "user.disabled": "disabled",
  "user.enabled": "enabled",
  "user.password-changed": "changed the password of",
  "user.password-reset": "set a new password by a link for",
  "user.password-reset-issued": "made a link for a new password of",
  "user.identity-linked": "linked single sign-on to",
  "user.recovery-codes-renewed": "made new recovery codes for",
  "user.sessions-ended": "ended sessions of",
  "user.totp-enabled": "turned on two-step sign-in for",
  "user.totp-disabled": "turned off two-step sign-in for",
  "user.signed-in": "signed in",
  "user.signed-out": "signed out",
  "member.invited": "invited",
  "member.invitation-withdrawn": "withdrew the invitation of",
  "member.added": "added",
  "member.role-changed": "changed the role of",
  "member.removed": "removed",
  "key.created": "made signing key",
  "key.rotated": "rotated the signing key to",
  "key.rekeyed": "sealed anew signing key",
  "webhook.created": "added webhook",
  "webhook.updated": "changed webhook",
  "webhook.removed": "removed webhook",
  "access.denied": "was refused a change of",
  "audit.exported": "exported the audit log of",
  "database.backed-up": "backed up the database of",
  "database.restored": "restored the database of",
};

/** What an audit event's action is called in a sentence. */
export const verbOf = (action: string): string =>
  verbs[action] ?? action.replace(".", " ").replaceAll("-", " ");

/** Every action by its code, in the order of the list of filters. */
export const actions = Object.keys(verbs);

/** An action's code as a name: "client.secret-added" -> "Client secret added". */
export function actionName(action: string): string {
  const words = action.replace(/[.-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Actions that a person does to their own account: the target adds nothing. */
export const isOwnDoing = (action: string): boolean =>
  action === "user.signed-in" || action === "user.signed-out";

/** What an event did to one token, as its own trail says it. */
export function doneTo(event: { action: string; target: { id: string } }, tokenId: string): string {
  if (event.action !== "token.replaced") return actionName(event.action.replace("token.", ""));
  return event.target.id === tokenId ? "Replaced" : "Issued as a successor";
}
