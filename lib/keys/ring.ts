import type { KeyObject } from "node:crypto";
import { type CryptoKey, importJWK } from "jose";
import { ensureKeys } from "@/lib/keys/ensure";
import { openKey } from "@/lib/keys/material";
import { currentKey, freshFor, stateOf, type TimedKey } from "@/lib/keys/schedule";
import { log } from "@/lib/log";

/** A key in memory. `privateKey` opens its private half at first need. */
export type RingKey = TimedKey & {
  publicJwk: Record<string, string>;
  publicKey: CryptoKey;
  privateKey(): KeyObject;
};

/** What this process has read of the keys, and when by the database's clock and by its own. */
type Ring = { keys: Map<string, RingKey>; databaseTime: number; readAt: number };

type Shared = { ring?: Ring; loading?: Promise<Ring> };
const key = Symbol.for("servicebroker.key-ring");
const global_ = globalThis as { [key: symbol]: Shared | undefined };
global_[key] ??= {};
const shared = global_[key];

/** Past this age a ring is read again before it is used, and not only beside its use. */
const staleAfter = 60_000;
/** An unknown `kid` makes us read again, but not more often than this, whoever sends them. */
const unknownKidPause = 1_000;

const ageOf = (ring: Ring) => performance.now() - ring.readAt;

async function load(): Promise<Ring> {
  const readAt = performance.now();
  const { keys, now } = await ensureKeys();
  const before = shared.ring?.keys;
  const loaded = await Promise.all(
    keys.map(async (row): Promise<RingKey> => {
      const known = before?.get(row.kid);
      let opened: KeyObject | undefined;
      return {
        ...row,
        publicKey: known?.publicKey ?? ((await importJWK(row.publicJwk, "ES256")) as CryptoKey),
        privateKey: known?.privateKey ?? (() => (opened ??= openKey(row))),
      };
    }),
  );
  const ring = {
    keys: new Map(loaded.map((k) => [k.kid, k])),
    databaseTime: now.getTime(),
    readAt,
  };
  shared.ring = ring;
  return ring;
}

/** Reads the keys again; calls at once share one reading. @throws DatabaseUnavailable */
function reload(): Promise<Ring> {
  shared.loading ??= load().finally(() => {
    shared.loading = undefined;
  });
  return shared.loading;
}

/** The ring, read again beside its use once it is not fresh, and before once it is stale. */
async function ring(newerThan = staleAfter): Promise<Ring> {
  const held = shared.ring;
  if (!held || ageOf(held) > newerThan) return reload();
  if (ageOf(held) > freshFor) {
    reload().catch((error) => log().warn({ err: error }, "signing keys could not be read again"));
  }
  return held;
}

/**
 * Now, by the database's clock as last read: instances agree on the times of JWTs, whatever their
 * own clocks say.
 */
const timeOf = (held: Ring) => new Date(held.databaseTime + ageOf(held));

/** The key that signs, and the time. @throws DatabaseUnavailable */
export async function signingKey(): Promise<{ key: RingKey; now: Date }> {
  const held = await ring();
  const now = timeOf(held);
  const current = currentKey([...held.keys.values()], now);
  if (!current) throw new Error("There is no signing key.");
  return { key: current, now };
}

/**
 * A published key by its `kid`, or null. One that this process doesn't know yet is looked for in
 * the database, at most once a second.
 */
export async function publishedKey(kid: string): Promise<RingKey | null> {
  let held = await ring();
  if (!held.keys.has(kid) && ageOf(held) > unknownKidPause) held = await reload();
  const found = held.keys.get(kid);
  if (!found) return null;
  return stateOf(found, [...held.keys.values()], timeOf(held)) ? found : null;
}

/** The time by the database's clock, to within a network delay. */
export const databaseNow = async (): Promise<Date> => timeOf(await ring());

/** Every published key, fresh enough to be handed out. @throws DatabaseUnavailable */
export async function publishedKeys(): Promise<RingKey[]> {
  const held = await ring(freshFor);
  const all = [...held.keys.values()];
  return all.filter((k) => stateOf(k, all, timeOf(held)) !== null);
}
