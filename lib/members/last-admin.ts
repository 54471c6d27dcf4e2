import type { Transaction } from "@/db/client";
import { takeLock } from "@/db/queries/locks";
import { findMember, hasOtherAdmin, type MemberRow } from "@/db/queries/members";
import { AppError, notFound } from "@/lib/errors";

/**
 * The member to change, with the Tenant's members held against other changes until the transaction
 * ends: of two admins who remove each other at once, the second waits and finds itself the last.
 * @throws AppError `not_found`
 */
export async function lockMember(
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<MemberRow> {
  await takeLock(tx, `members/${tenantId}`);
  const member = await findMember(tx, tenantId, userId);
  if (!member) throw notFound("member");
  return member;
}

/** @throws AppError `conflict` where nobody else could administer the Tenant. */
export async function keepAnAdmin(tx: Transaction, tenantId: string, member: MemberRow) {
  if (member.role !== "admin" || (await hasOtherAdmin(tx, tenantId, member.userId))) return;
  throw new AppError(
    "conflict",
    "This is the Tenant's last admin. Make somebody else an admin first.",
  );
}
