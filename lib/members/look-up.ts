import { onPlatform } from "@/db/client";
import { findInvitation } from "@/db/queries/links";
import { findUserByEmail } from "@/db/queries/users";
import { hashLinkSecret, linkIsOver } from "@/lib/links/secret";
import type { MemberRole, OpenInvitation } from "@/lib/members/schema";

/**
 * What an invitation's link is about, for whoever holds it.
 * @throws AppError `not_found`, the same for a link that is used, withdrawn, over or made up.
 */
export function lookUpInvitation(input: { secret: string }): Promise<OpenInvitation> {
  return onPlatform(async (tx) => {
    const row = await findInvitation(tx, hashLinkSecret(input.secret));
    if (!row?.tenantId || row.tenantStatus === "deleted") throw linkIsOver();
    const account = await findUserByEmail(tx, row.email);
    return {
      tenantId: row.tenantId,
      tenantName: row.tenantName,
      email: row.email,
      role: row.role as MemberRole,
      inviterName: row.inviterName,
      expiresAt: row.expiresAt.toISOString(),
      hasAccount: account !== null,
    };
  });
}
