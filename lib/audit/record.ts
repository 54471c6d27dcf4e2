import { v7 as uuidv7 } from "uuid";
import type { Transaction } from "@/db/client";
import { type AuditEventRow, appendEvent, lockChain } from "@/db/queries/audit";
import { type ChainedEvent, hashOfEvent } from "@/lib/audit/chain";
import type { Principal } from "@/lib/principal";
import { journalRevocation } from "@/lib/revocations/journal";
import { clipped, longestUserAgent } from "@/lib/text";

export type AuditAction =
  | "tenant.provisioned"
  | "tenant.updated"
  | "tenant.suspended"
  | "tenant.activated"
  | "tenant.deleted"
  | "token.issued"
  | "token.renamed"
  | "token.activated"
  | "token.deactivated"
  | "token.replaced"
  | "token.revoked"
  | "client.created"
  | "client.renamed"
  | "client.activated"
  | "client.deactivated"
  | "client.revoked"
  | "client.secret-added"
  | "client.secret-retired"
  | "jwt.revoked"
  | "user.created"
  | "user.disabled"
  | "user.enabled"
  | "user.password-changed"
  | "user.password-reset"
  | "user.password-reset-issued"
  | "user.identity-linked"
  | "user.recovery-codes-renewed"
  | "user.sessions-ended"
  | "user.totp-enabled"
  | "user.totp-disabled"
  | "user.signed-in"
  | "user.signed-out"
  | "member.invited"
  | "member.invitation-withdrawn"
  | "member.added"
  | "member.role-changed"
  | "member.removed"
  | "key.created"
  | "key.rotated"
  | "key.rekeyed"
  | "access.denied"
  | "webhook.created"
  | "webhook.updated"
  | "webhook.removed"
  | "webhook.replayed"
  | "audit.exported"
  | "database.backed-up"
  | "database.restored";

export type AuditEntry = {
  tenantId: string;
  action: AuditAction;
  target: {
    type: "tenant" | "token" | "client" | "user" | "key" | "webhook" | "jwt";
    id: string;
    name?: string | null;
  };
  /** What changed, never a secret. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/**
 * Writes the event of a change, in the change's own transaction: both commit or neither does.
 * Call it last: it holds the Tenant's chain until the transaction ends.
 */
export async function recordEvent(
  tx: Transaction,
  principal: Principal,
  entry: AuditEntry,
): Promise<void> {
  const head = await lockChain(tx, entry.tenantId);
  const { address, requestId } = principal.origin;
  const userAgent =
    principal.origin.userAgent && clipped(principal.origin.userAgent, longestUserAgent);
  const actor = actorOf(principal);
  const event: ChainedEvent = {
    id: uuidv7(),
    tenantId: entry.tenantId,
    sequence: head.sequence + 1,
    occurredAt: head.now.toISOString(),
    actor,
    action: entry.action,
    target: { type: entry.target.type, id: entry.target.id, name: entry.target.name ?? null },
    before: entry.before ?? null,
    after: entry.after ?? null,
    origin: { address, userAgent, requestId },
    previousHash: head.hash.toString("hex"),
  };
  const row: AuditEventRow = {
    id: event.id,
    tenantId: event.tenantId,
    sequence: event.sequence,
    occurredAt: head.now,
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name,
    action: event.action,
    targetType: event.target.type,
    targetId: event.target.id,
    targetName: event.target.name,
    before: event.before,
    after: event.after,
    address,
    userAgent,
    requestId,
    previousHash: head.hash,
    hash: hashOfEvent(event),
  };
  await appendEvent(tx, row);
  await journalRevocation(event);
}

function actorOf(principal: Principal): {
  type: AuditEventRow["actorType"];
  id: string | null;
  name: string;
} {
  switch (principal.kind) {
    case "system":
      return {
        type: principal.credential === "token" ? "system" : "client",
        id: principal.publicId,
        name: principal.name,
      };
    case "user":
      return {
        type: principal.staffRole ? "staff" : "user",
        id: principal.userId,
        name: principal.email,
      };
    default:
      return { type: principal.kind, id: null, name: principal.name };
  }
}
