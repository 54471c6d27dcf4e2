import type { InvitationRow } from "@/db/queries/links";
import type { Invitation, MemberRole } from "@/lib/members/schema";

/** A stored invitation as the product speaks of it. */
export const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role as MemberRole,
  inviterName: row.inviterName,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
