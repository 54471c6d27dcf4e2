import { onPlatform } from "@/db/client";
import { readKeys, replaceCiphertext } from "@/db/queries/keys";
import { takeLock } from "@/db/queries/locks";
import { demand } from "@/lib/authorize";
import { AppError } from "@/lib/errors";
import { recordKeyEvent } from "@/lib/keys/ensure";
import { resealKey } from "@/lib/keys/material";
import { type SigningKey, toSigningKeys } from "@/lib/keys/schema";
import type { Principal } from "@/lib/principal";

/**
 * Seals the private halves anew under `BROKER_SECRET_KEY`; `oldSecretKey` is the one before. All
 * or none; repeating it does no harm.
 * @throws AppError `conflict` where neither key opens one of them.
 */
export async function rekeyKeys(
  principal: Principal,
  input: { oldSecretKey: string },
): Promise<SigningKey[]> {
  demand(principal, null, "keys:manage");
  return onPlatform(async (tx) => {
    await takeLock(tx, "signing-keys");
    const { keys, now } = await readKeys(tx);
    for (const key of keys) {
      let sealed: Buffer;
      try {
        sealed = resealKey(key, input.oldSecretKey);
      } catch (error) {
        throw new AppError("conflict", (error as Error).message);
      }
      await replaceCiphertext(tx, key.kid, sealed);
      await recordKeyEvent(tx, principal, "key.rekeyed", key.kid, {});
    }
    return toSigningKeys({ keys, now });
  });
}
