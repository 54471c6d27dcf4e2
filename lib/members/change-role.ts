import { inTenant } from "@/db/client";
import { updateMemberRole } from "@/db/queries/members";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { keepAnAdmin, lockMember } from "@/lib/members/last-admin";
import type { MemberRole } from "@/lib/members/schema";
import type { Principal } from "@/lib/principal";

/**
 * Makes a member an admin or a viewer, from their next request on.
 * @throws AppError `conflict` for the last admin; `not_found`, `forbidden`.
 */
export async function changeRole(
  principal: Principal,
  input: { tenantId: string; userId: string; role: MemberRole },
): Promise<{ userId: string; role: MemberRole }> {
  const { tenantId, userId, role } = input;
  demand(principal, tenantId, "members:manage");
  return inTenant(tenantId, async (tx) => {
    const member = await lockMember(tx, tenantId, userId);
    if (member.role === role) return { userId, role };
    if (role === "viewer") await keepAnAdmin(tx, tenantId, member);
    await updateMemberRole(tx, tenantId, userId, role);
    await recordEvent(tx, principal, {
      tenantId,
      action: "member.role-changed",
      target: { type: "user", id: userId, name: member.email },
      before: { role: member.role },
      after: { role },
    });
    return { userId, role };
  });
}
