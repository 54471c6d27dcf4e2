import type { Transaction } from "@/db/client";
import * as rows from "@/db/queries/revocations";
import { findTenant } from "@/db/queries/tenants";
import { type AuditEntry, recordEvent } from "@/lib/audit/record";
import type { Principal } from "@/lib/principal";
import type { Revocation } from "@/lib/revocations/revocation";

/** Seconds by which an event's time may lie before the moment at which it is to be seen. */
const margin = 60;

/**
 * Takes away again what was taken away since a backup was made. What was given back since stays
 * away: a Tenant that was suspended and activated again is suspended.
 * @param since when the backup was made, ISO 8601
 * @returns how many entries changed something.
 */
export async function replayRevocations(
  tx: Transaction,
  principal: Principal,
  revocations: Revocation[],
  since: string,
): Promise<number> {
  const from = new Date(Date.parse(since) - margin * 1000).toISOString();
  let applied = 0;
  for (const revocation of revocations) {
    const { tenantId, action, id, at } = revocation;
    if (at < from || !(await findTenant(tx, tenantId))) continue;
    if (!(await takeAway(tx, revocation))) continue;
    applied++;
    const target = { type: typeOf(action), id };
    await recordEvent(tx, principal, { tenantId, action, target, after: { replayed: at } });
  }
  return applied;
}

const typeOf = (action: Revocation["action"]): AuditEntry["target"]["type"] =>
  action.startsWith("member.") ? "user" : (action.split(".")[0] as AuditEntry["target"]["type"]);

function takeAway(tx: Transaction, revocation: Revocation): Promise<boolean> {
  const { action, id, tenantId, authType } = revocation;
  switch (action) {
    case "tenant.suspended":
      return rows.restrictTenant(tx, id, { status: "suspended", authType });
    case "tenant.deleted":
      return rows.restrictTenant(tx, id, { status: "deleted" });
    case "tenant.updated":
      return rows.restrictTenant(tx, id, { authType });
    case "token.deactivated":
      return rows.deactivateToken(tx, id);
    case "token.replaced":
      return revocation.revokeAt
        ? rows.endTokenAt(tx, id, revocation.revokeAt)
        : rows.stopToken(tx, id);
    case "token.revoked":
      return rows.stopToken(tx, id);
    case "client.deactivated":
      return rows.deactivateClient(tx, id);
    case "client.revoked":
      return rows.stopClient(tx, id);
    case "client.secret-retired":
      return revocation.secretId ? rows.stopSecret(tx, revocation.secretId) : nothing;
    case "jwt.revoked":
      return revocation.expiresAt
        ? rows.stopJwt(tx, { jti: id, tenantId, expiresAt: revocation.expiresAt })
        : nothing;
    case "webhook.updated":
    case "webhook.removed":
      return rows.stopWebhook(tx, id, action === "webhook.removed");
    case "member.removed":
      return rows.stopMember(tx, tenantId, id);
    case "member.role-changed":
      return rows.demoteMember(tx, tenantId, id);
    case "user.disabled":
      return rows.stopUser(tx, id);
    case "user.recovery-codes-renewed":
      return rows.voidRecoveryCodes(tx, id);
    // The password of the backup is not the one that was wanted last, or no longer enough.
    case "user.password-changed":
    case "user.password-reset":
    case "user.totp-enabled":
      return rows.voidPassword(tx, id);
  }
}

const nothing = Promise.resolve(false);
