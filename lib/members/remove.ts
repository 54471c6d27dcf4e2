import { inTenant } from "@/db/client";
import { deleteMember } from "@/db/queries/members";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { keepAnAdmin, lockMember } from "@/lib/members/last-admin";
import type { Principal } from "@/lib/principal";

/**
 * Removes a member, who is out on their next request. Anybody may remove themselves.
 * @throws AppError `conflict` for the last admin; `not_found`, `forbidden`.
 */
export async function removeMember(
  principal: Principal,
  input: { tenantId: string; userId: string },
): Promise<void> {
  const { tenantId, userId } = input;
  const leaves = principal.kind === "user" && principal.userId === userId;
  demand(principal, tenantId, leaves ? "members:read" : "members:manage");
  await inTenant(tenantId, async (tx) => {
    const member = await lockMember(tx, tenantId, userId);
    await keepAnAdmin(tx, tenantId, member);
    await deleteMember(tx, tenantId, userId);
    await recordEvent(tx, principal, {
      tenantId,
      action: "member.removed",
      target: { type: "user", id: userId, name: member.email },
      before: { role: member.role },
    });
  });
}
