import { inTenant, onPlatform } from "@/db/client";
import { listInvitations } from "@/db/queries/links";
import { describeSafety, listMembers } from "@/db/queries/members";
import { demand } from "@/lib/authorize";
import { toInvitation } from "@/lib/members/invitation";
import type { People } from "@/lib/members/schema";
import type { Principal } from "@/lib/principal";

/** Who belongs to a Tenant, and who was invited. @throws AppError `not_found`, `forbidden` */
export async function listPeople(
  principal: Principal,
  input: { tenantId: string },
): Promise<People> {
  const { tenantId } = input;
  demand(principal, tenantId, "members:read");
  const rows = await inTenant(tenantId, (tx) => listMembers(tx, tenantId));
  const ids = rows.map((row) => row.userId);
  const { safety, invitations } = await onPlatform(async (tx) => ({
    safety: await describeSafety(tx, ids),
    invitations: await listInvitations(tx, tenantId),
  }));
  const known = new Map(safety.map((row) => [row.userId, row]));
  const members = rows.map(({ disabledAt, createdAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    disabled: disabledAt !== null,
    totp: known.get(row.userId)?.totp ?? false,
    lastSeenAt: known.get(row.userId)?.lastSeenAt?.toISOString() ?? null,
  }));
  return { members, invitations: invitations.map(toInvitation) };
}
