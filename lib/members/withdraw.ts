import { onPlatform } from "@/db/client";
import { deleteInvitations } from "@/db/queries/links";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

/** Withdraws an invitation: its link is void. @throws AppError `not_found`, `forbidden` */
export async function withdrawInvitation(
  principal: Principal,
  input: { tenantId: string; invitationId: string },
): Promise<void> {
  const { tenantId, invitationId } = input;
  demand(principal, tenantId, "members:manage");
  await onPlatform(async (tx) => {
    const [gone] = await deleteInvitations(tx, tenantId, { id: invitationId });
    if (!gone) throw notFound("invitation");
    await recordEvent(tx, principal, {
      tenantId,
      action: "member.invitation-withdrawn",
      target: { type: "user", id: invitationId, name: gone.email },
      before: { role: gone.role },
    });
  });
}
