import { onPlatform } from "@/db/client";
import { describeSafety } from "@/db/queries/members";
import { listStaff as list } from "@/db/queries/users";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { StaffMember } from "@/lib/users/schema";
import { toUser } from "@/lib/users/user";

/** Everybody on the staff, disabled ones too. @throws AppError `forbidden` */
export async function listStaff(principal: Principal): Promise<StaffMember[]> {
  demand(principal, null, "staff:manage");
  return onPlatform(async (tx) => {
    const rows = await list(tx);
    const safety = await describeSafety(
      tx,
      rows.map((row) => row.id),
    );
    const known = new Map(safety.map((row) => [row.userId, row]));
    return rows.map((row) => ({
      ...toUser(row),
      totp: known.get(row.id)?.totp ?? false,
      lastSeenAt: known.get(row.id)?.lastSeenAt?.toISOString() ?? null,
    }));
  });
}
