import { onPlatform } from "@/db/client";
import { countAttempts, dropOldAttempts, forgiveAttempt } from "@/db/queries/attempts";
import { AppError } from "@/lib/errors";

const windowSeconds = 15 * 60;
const mostPerAccount = 10;
const mostPerAddress = 50;

export type AttemptKeys = { account: string; address: string | null };

/** What a sign-in attempt is counted by; the same for accounts that do not exist. */
export const attemptKeys = (email: string, address: string | null): AttemptKeys => ({
  account: `account:${email}`,
  address: address && `address:${address}`,
});

/**
 * Counts a sign-in attempt before its password is looked at, so that many at once are not let by.
 * @throws AppError `too_many_requests` beyond the limit of the account or of the address.
 */
export async function countSignIn(keys: AttemptKeys): Promise<void> {
  const all = [keys.account, keys.address].filter((key) => key !== null).sort();
  const counts = await onPlatform((tx) => countAttempts(tx, all, windowSeconds));
  const over = counts.filter(
    ({ key, count }) => count > (key === keys.account ? mostPerAccount : mostPerAddress),
  );
  if (over.length === 0) return;
  throw new AppError("too_many_requests", "Too many attempts to sign in. Try again later.", {
    retryAfter: Math.max(...over.map(({ secondsLeft }) => secondsLeft), 1),
  });
}

/** Takes back what `countSignIn` counted, once the attempt has succeeded. */
export async function forgiveSignIn(keys: AttemptKeys): Promise<void> {
  await onPlatform(async (tx) => {
    await forgiveAttempt(tx, keys);
    await dropOldAttempts(tx);
  });
}
