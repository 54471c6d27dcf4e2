import { onPlatform } from "@/db/client";
import { enableUser as enable } from "@/db/queries/users";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import { findPerson, type WhichUser } from "@/lib/users/find";
import { recordOfUser } from "@/lib/users/record";
import type { User } from "@/lib/users/schema";
import { toUser } from "@/lib/users/user";

/**
 * Lets a disabled person sign in again; their old sessions stay over. Repeating it changes nothing.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function enableUser(principal: Principal, input: WhichUser): Promise<User> {
  demand(principal, null, "staff:manage");
  return onPlatform(async (tx) => {
    const before = await findPerson(tx, input);
    const after = await enable(tx, before.id);
    if (!after) return toUser(before);
    await recordOfUser(tx, principal, after, "user.enabled");
    return toUser(after);
  });
}
