import { v7 as uuidv7 } from "uuid";
import { onPlatform } from "@/db/client";
import { countAttempts } from "@/db/queries/attempts";
import { deletePasswordResets, insertLink } from "@/db/queries/links";
import { findUserByEmail } from "@/db/queries/users";
import { AppError } from "@/lib/errors";
import { generateLinkSecret, hashLinkSecret, lifetimeOf, linkUrl } from "@/lib/links/secret";
import { passwordResetMail } from "@/lib/mail/messages";
import { canMail, sendMail } from "@/lib/mail/send";
import type { Origin } from "@/lib/principal";
import { recordForUser } from "@/lib/sessions/record";

const windowSeconds = 60 * 60;
const mostPerAccount = 5;
const mostPerAddress = 30;

/**
 * Counts a request for a new password, alike for known and unknown addresses.
 * @returns whether a mail may follow: one account gets five an hour and no more.
 * @throws AppError `too_many_requests` beyond what one network address may ask for.
 */
export async function countResetRequest(origin: Origin, email: string): Promise<boolean> {
  const account = `reset:${email}`;
  const keys = [account, origin.address && `reset-from:${origin.address}`].filter((key) => !!key);
  const counts = await onPlatform((tx) =>
    countAttempts(tx, (keys as string[]).sort(), windowSeconds),
  );
  const address = counts.find(({ key }) => key !== account);
  if (address && address.count > mostPerAddress) {
    throw new AppError("too_many_requests", "Too many requests. Try again later.", {
      retryAfter: Math.max(1, address.secondsLeft),
    });
  }
  return (counts.find(({ key }) => key === account)?.count ?? 1) <= mostPerAccount;
}

/**
 * Mails a link to set a new password, where the address has an account that is not disabled. To be
 * run after the answer, which says the same for every address. Earlier links are void once the mail
 * server took this one.
 */
export async function mailReset(origin: Origin, email: string): Promise<void> {
  if (!canMail()) return;
  const secret = generateLinkSecret();
  const id = uuidv7();
  const user = await onPlatform(async (tx) => {
    const user = await findUserByEmail(tx, email);
    if (!user || user.disabledAt) return null;
    const kind = "password-reset" as const;
    const linkHash = hashLinkSecret(secret);
    await insertLink(tx, { id, kind, linkHash, email, userId: user.id }, lifetimeOf[kind]);
    await recordForUser(tx, origin, user, "user.password-reset-issued");
    return user;
  });
  if (!user) return;
  const link = linkUrl("password-reset", secret);
  if (!(await sendMail(passwordResetMail({ to: email, link })))) return;
  await onPlatform((tx) => deletePasswordResets(tx, user.id, { except: id }));
}
