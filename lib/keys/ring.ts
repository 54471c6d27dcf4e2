import { createPublicKey, type KeyObject } from "node:crypto";
import { ensureKeys } from "@/lib/keys/ensure";
import { openKey } from "@/lib/keys/material";
import { currentKey, freshFor, isOutlived, type TimedKey } from "@/lib/keys/schedule";
import { log } from "@/lib/log";

/** A key in memory. `privateKey` opens its private half at first need. */
export type RingKey = TimedKey & {
  publicJwk: Record<string, string>;
  publicKey: KeyObject;
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
  const loaded = keys.map((row): RingKey => {
    const known = before?.get(row.kid);
    let opened: KeyObject | undefined;
    return {
      ...row,
      publicKey: known?.publicKey ?? createPublicKey({ key: row.publicJwk, format: "jwk" }),
      privateKey: known?.privateKey ?? (() => (opened ??= openKey(row))),
    };
  });
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

/** The ring as it is held, or null once it is too old to be used; one that is not fresh is read again beside its use. */
function held(newerThan: number): Ring | null {
  const ring = shared.ring;
  if (!ring || ageOf(ring) > newerThan) return null;
  if (ageOf(ring) > freshFor) {
    reload().catch((error) => log().warn({ err: error }, "signing keys could not be read again"));
  }
  return ring;
}

/** The ring: at once where one is held. */
const ring = (newerThan = staleAfter): Ring | Promise<Ring> => held(newerThan) ?? reload();

/**
 * Now, by the database's clock as last read: instances agree on the times of JWTs, whatever their
 * own clocks say. Milliseconds since the epoch.
 */
const timeOf = (held: Ring) => held.databaseTime + ageOf(held);

/** The key that signs, and the time. @throws DatabaseUnavailable */
export async function signingKey(): Promise<{ key: RingKey; now: Date }> {
  const held = await ring();
  const now = new Date(timeOf(held));
  const current = currentKey([...held.keys.values()], now);
  if (!current) throw new Error("There is no signing key.");
  return { key: current, now };
}

/**
 * A published key by its `kid`, or null; at once where nothing has to be read. One that this
 * process doesn't know yet is looked for in the database, at most once a second.
 * @throws DatabaseUnavailable
 */
export function publishedKey(kid: string): RingKey | null | Promise<RingKey | null> {
  const known = ring();
  if (known instanceof Promise) return known.then((loaded) => publishedIn(loaded, kid));
  const isNews = !known.keys.has(kid) && ageOf(known) > unknownKidPause;
  return isNews ? reload().then((loaded) => publishedIn(loaded, kid)) : publishedIn(known, kid);
}

function publishedIn(loaded: Ring, kid: string): RingKey | null {
  const found = loaded.keys.get(kid);
  return found && !isOutlived(found, timeOf(loaded)) ? found : null;
}

/**
 * The time by the database's clock, to within a network delay: milliseconds since the epoch.
 * @throws DatabaseUnavailable
 */
export function databaseNow(): number | Promise<number> {
  const known = ring();
  return known instanceof Promise ? known.then(timeOf) : timeOf(known);
}

/** Every published key, fresh enough to be handed out. @throws DatabaseUnavailable */
export async function publishedKeys(): Promise<RingKey[]> {
  const held = await ring(freshFor);
  return [...held.keys.values()].filter((k) => !isOutlived(k, timeOf(held)));
}
