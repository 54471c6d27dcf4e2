import { onPlatform } from "@/db/client";
import { takeLock } from "@/db/queries/locks";
import { disableUser as disable, hasOtherOperator } from "@/db/queries/users";
import { demand } from "@/lib/authorize";
import { AppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { findPerson, type WhichUser } from "@/lib/users/find";
import { recordOfUser } from "@/lib/users/record";
import type { User } from "@/lib/users/schema";
import { toUser } from "@/lib/users/user";

/**
 * Disables a person: signed in nowhere from the next request on. Repeating it changes nothing.
 * In the portal, neither oneself nor the last operator; the command line may do either.
 * @throws AppError `conflict`, `not_found`, `forbidden`.
 */
export async function disableUser(principal: Principal, input: WhichUser): Promise<User> {
  demand(principal, null, "staff:manage");
  return onPlatform(async (tx) => {
    await takeLock(tx, "staff");
    const before = await findPerson(tx, input);
    if (principal.kind === "user") {
      if (before.id === principal.userId) {
        throw new AppError("conflict", "You can't disable your own account.");
      }
      if (before.staffRole === "operator" && !(await hasOtherOperator(tx, before.id))) {
        throw new AppError("conflict", "This is the last operator.");
      }
    }
    const after = await disable(tx, before.id);
    if (!after) return toUser(before);
    await recordOfUser(tx, principal, after, "user.disabled");
    return toUser(after);
  });
}
