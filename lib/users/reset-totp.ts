import { onPlatform } from "@/db/client";
import { updateTotp } from "@/db/queries/account";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import { findPerson, type WhichUser } from "@/lib/users/find";
import { recordOfUser } from "@/lib/users/record";

/**
 * Turns two-step sign-in off for somebody who lost authenticator and recovery codes.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function resetTotp(principal: Principal, input: WhichUser): Promise<void> {
  demand(principal, null, "staff:manage");
  await onPlatform(async (tx) => {
    const user = await findPerson(tx, input);
    await updateTotp(tx, user.id, null);
    await recordOfUser(tx, principal, user, "user.totp-disabled");
  });
}
