import { onPlatform } from "@/db/client";
import { readKeys, type SigningKeyRow, updateKeyTimes } from "@/db/queries/keys";
import { demand } from "@/lib/authorize";
import { completeKeys, recordKeyEvent } from "@/lib/keys/ensure";
import { keyPolicy } from "@/lib/keys/policy";
import { currentKey, earliestTakeover, endsAt, nextKey } from "@/lib/keys/schedule";
import { type SigningKey, toSigningKeys } from "@/lib/keys/schema";
import type { Principal } from "@/lib/principal";

/**
 * Lets the next key take over: at once where it has been published for longer than anybody may
 * have cached the key set, else as soon as it has. No JWT is refused on the way: the key that
 * stops signing stays published until the last of its JWTs has expired.
 * @returns the keys, and when the next one takes over.
 */
export async function rotateKeys(
  principal: Principal,
): Promise<{ keys: SigningKey[]; takeover: string; pending: boolean }> {
  demand(principal, null, "keys:manage");
  return onPlatform(async (tx) => {
    const { keys, now } = await completeKeys(tx, principal);
    const current = currentKey(keys, now) as SigningKeyRow;
    const next = nextKey(keys, now) as SigningKeyRow;
    const earliest = earliestTakeover(next, now, keyPolicy());
    const at = new Date(Math.min(next.signsFrom.getTime(), earliest.getTime()));
    if (at.getTime() !== next.signsFrom.getTime()) {
      await updateKeyTimes(tx, next.kid, { signsFrom: at });
      await updateKeyTimes(tx, current.kid, endsAt(at));
      await recordKeyEvent(tx, principal, "key.rotated", next.kid, {
        signsFrom: at.toISOString(),
        replaces: current.kid,
      });
    }
    await completeKeys(tx, principal);
    const after = await readKeys(tx);
    return { keys: toSigningKeys(after), takeover: at.toISOString(), pending: at > after.now };
  });
}
