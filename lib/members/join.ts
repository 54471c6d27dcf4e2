import type { Transaction } from "@/db/client";
import { type InvitationRow, spendLink } from "@/db/queries/links";
import { insertMember } from "@/db/queries/members";
import { recordEvent } from "@/lib/audit/record";
import { linkIsOver } from "@/lib/links/secret";
import { personPrincipal } from "@/lib/members/person";
import type { Origin } from "@/lib/principal";

/**
 * Uses an invitation up and makes its person a member; one who is a member keeps their role.
 * @throws AppError `not_found` where another request was first.
 */
export async function joinByInvitation(
  tx: Transaction,
  origin: Origin,
  person: { id: string; email: string },
  invitation: InvitationRow,
): Promise<void> {
  const { tenantId, role } = invitation;
  if (!tenantId || !role || !(await spendLink(tx, invitation.id))) throw linkIsOver();
  if (!(await insertMember(tx, { tenantId, userId: person.id, role }))) return;
  await recordEvent(tx, personPrincipal(origin, person), {
    tenantId,
    action: "member.added",
    target: { type: "user", id: person.id, name: person.email },
    after: { role },
  });
}
