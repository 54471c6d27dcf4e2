import { onPlatform, type Transaction } from "@/db/client";
import { readKeys, replaceCiphertext } from "@/db/queries/keys";
import { takeLock } from "@/db/queries/locks";
import {
  lockSeeds,
  lockWebhookSecrets,
  replaceSeed,
  replaceWebhookSecret,
  type SealedRow,
} from "@/db/queries/sealed";
import { resealSeed } from "@/lib/account/totp-code";
import { demand } from "@/lib/authorize";
import { AppError } from "@/lib/errors";
import { recordKeyEvent } from "@/lib/keys/ensure";
import { resealKey } from "@/lib/keys/material";
import { type SigningKey, toSigningKeys } from "@/lib/keys/schema";
import type { Principal } from "@/lib/principal";
import { resealWebhookSecret } from "@/lib/webhooks/secret";

/** Rows of one transaction: far below the time that one may take. */
const batch = 200;
const first = "00000000-0000-0000-0000-000000000000";

/** What the secret key guards besides signing keys, and how each is sealed anew. */
const others = {
  "totp-seeds": { lock: lockSeeds, replace: replaceSeed, reseal: resealSeed },
  "webhook-secrets": {
    lock: lockWebhookSecrets,
    replace: replaceWebhookSecret,
    reseal: (sealed: Buffer, id: string, old: string) => resealWebhookSecret(id, sealed, old),
  },
} as const;
type Kind = keyof typeof others;

export type Rekeyed = { keys: SigningKey[]; seeds: number; webhookSecrets: number };

/**
 * Seals anew under `BROKER_SECRET_KEY` all that the database keeps under it: private halves of
 * signing keys (all or none), TOTP seeds, secrets of webhooks. `oldSecretKey` is the one before.
 * Repeating it does no harm. Answers kept for an `Idempotency-Key` can't be: their key is half the
 * caller's; a repeated call is then told that its answer can't be shown again.
 * @throws AppError `conflict` where neither key opens something; all else is sealed anew by then.
 */
export async function rekeyKeys(
  principal: Principal,
  input: { oldSecretKey: string },
): Promise<Rekeyed> {
  demand(principal, null, "keys:manage");
  const { oldSecretKey } = input;
  const keys = await onPlatform((tx) => rekeySigningKeys(tx, principal, oldSecretKey));
  const seeds = await rekeyAll(principal, "totp-seeds", oldSecretKey);
  const secrets = await rekeyAll(principal, "webhook-secrets", oldSecretKey);
  const unread = seeds.unread + secrets.unread;
  if (unread > 0) {
    throw new AppError(
      "conflict",
      `Neither BROKER_SECRET_KEY_OLD nor BROKER_SECRET_KEY opens ${seeds.unread} TOTP seeds and ${secrets.unread} secrets of webhooks. The rest is sealed anew.`,
    );
  }
  return { keys, seeds: seeds.done, webhookSecrets: secrets.done };
}

async function rekeySigningKeys(
  tx: Transaction,
  principal: Principal,
  oldSecretKey: string,
): Promise<SigningKey[]> {
  await takeLock(tx, "signing-keys");
  const { keys, now } = await readKeys(tx);
  for (const key of keys) {
    let sealed: Buffer;
    try {
      sealed = resealKey(key, oldSecretKey);
    } catch (error) {
      throw new AppError("conflict", (error as Error).message);
    }
    await replaceCiphertext(tx, key.kid, sealed);
    await recordKeyEvent(tx, principal, "key.rekeyed", key.kid, {});
  }
  return toSigningKeys({ keys, now });
}

async function rekeyAll(principal: Principal, kind: Kind, old: string) {
  let [done, unread, after] = [0, 0, first];
  for (;;) {
    const rows = await onPlatform(async (tx) => {
      const locked = await others[kind].lock(tx, after, batch);
      const sealed = locked.flatMap((row) => resealed(kind, row, old));
      for (const row of sealed) await others[kind].replace(tx, row);
      done += sealed.length;
      unread += locked.length - sealed.length;
      const count = sealed.length;
      if (count > 0) await recordKeyEvent(tx, principal, "key.rekeyed", kind, { count });
      return locked;
    });
    if (rows.length < batch) return { done, unread };
    after = (rows.at(-1) as SealedRow).id;
  }
}

function resealed(kind: Kind, { id, sealed }: SealedRow, old: string): SealedRow[] {
  try {
    return [{ id, sealed: others[kind].reseal(sealed, id, old) }];
  } catch {
    return [];
  }
}
