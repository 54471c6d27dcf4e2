import { v7 as uuidv7 } from "uuid";
import { onPlatform } from "@/db/client";
import { deletePasswordResets, insertLink } from "@/db/queries/links";
import { demand } from "@/lib/authorize";
import { AppError } from "@/lib/errors";
import { generateLinkSecret, hashLinkSecret, lifetimeOf, linkUrl } from "@/lib/links/secret";
import { passwordResetMail } from "@/lib/mail/messages";
import { canMail, sendMail } from "@/lib/mail/send";
import type { Principal } from "@/lib/principal";
import { findPerson, type WhichUser } from "@/lib/users/find";
import { recordOfUser } from "@/lib/users/record";
import type { IssuedReset } from "@/lib/users/schema";

/**
 * Makes a link by which a person sets a new password. An operator's goes by mail, and earlier links
 * are void once the mail server took it; where there is no mail server, and on the command line, it
 * is to be passed on and earlier ones are void at once.
 * @throws AppError `conflict` for a disabled person; `not_found`, `forbidden`.
 */
export async function issueReset(principal: Principal, input: WhichUser): Promise<IssuedReset> {
  demand(principal, null, "staff:manage");
  const byMail = principal.kind === "user" && canMail();
  const secret = generateLinkSecret();
  const id = uuidv7();
  const kind = "password-reset" as const;
  const { user, expiresAt } = await onPlatform(async (tx) => {
    const user = await findPerson(tx, input);
    if (user.disabledAt) throw new AppError("conflict", "Enable this account first.");
    if (!byMail) await deletePasswordResets(tx, user.id);
    const createdBy = principal.kind === "user" ? principal.userId : null;
    const values = { id, kind, email: user.email, userId: user.id, createdBy };
    const linkHash = hashLinkSecret(secret);
    const end = await insertLink(tx, { ...values, linkHash }, lifetimeOf[kind]);
    await recordOfUser(tx, principal, user, "user.password-reset-issued");
    return { user, expiresAt: end.toISOString() };
  });
  const { email } = user;
  const link = linkUrl(kind, secret);
  if (!byMail) return { email, expiresAt, mailed: false, link };
  const mailed = await sendMail(passwordResetMail({ to: email, link }));
  if (mailed) await onPlatform((tx) => deletePasswordResets(tx, user.id, { except: id }));
  return { email, expiresAt, mailed, link: null };
}
