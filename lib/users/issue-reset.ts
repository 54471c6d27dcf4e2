import { v7 as uuidv7 } from "uuid";
import { onPlatform } from "@/db/client";
import { deletePasswordResets, insertLink } from "@/db/queries/links";
import { demand } from "@/lib/authorize";
import { AppError } from "@/lib/errors";
import { generateLinkSecret, hashLinkSecret, lifetimeOf, linkUrl } from "@/lib/links/secret";
import type { Principal } from "@/lib/principal";
import { findPerson, type WhichUser } from "@/lib/users/find";
import { recordOfUser } from "@/lib/users/record";

/**
 * Makes a link by which a person sets a new password, to be passed on: for where no mail goes.
 * Earlier ones are void.
 * @returns the link, shown once, and its end.
 * @throws AppError `conflict` for a disabled person; `not_found`, `forbidden`.
 */
export async function issueReset(
  principal: Principal,
  input: WhichUser,
): Promise<{ link: string; expiresAt: string }> {
  demand(principal, null, "staff:manage");
  const secret = generateLinkSecret();
  const kind = "password-reset" as const;
  return onPlatform(async (tx) => {
    const user = await findPerson(tx, input);
    if (user.disabledAt) throw new AppError("conflict", "Enable this account first.");
    await deletePasswordResets(tx, user.id);
    const createdBy = principal.kind === "user" ? principal.userId : null;
    const values = { id: uuidv7(), kind, email: user.email, userId: user.id, createdBy };
    const linkHash = hashLinkSecret(secret);
    const expiresAt = await insertLink(tx, { ...values, linkHash }, lifetimeOf[kind]);
    await recordOfUser(tx, principal, user, "user.password-reset-issued");
    return { link: linkUrl(kind, secret), expiresAt: expiresAt.toISOString() };
  });
}
