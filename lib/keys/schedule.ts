import type { KeyTimes } from "@/db/queries/keys";

const DAY = 86_400_000;
/** Milliseconds that an instance may work with what it has read of the keys. */
export const freshFor = 10_000;

/** The times of a key; all decisions about keys are taken from these, none is stored as a state. */
export type TimedKey = {
  kid: string;
  createdAt: Date;
  signsFrom: Date;
  signsUntil: Date | null;
  publishedUntil: Date | null;
};

export type KeyState = "next" | "current" | "previous";
export type Policy = { rotateAfterDays: number; maxAgeSeconds: number };

/** Milliseconds for which a key is published before it signs: longer than any cache holds a set. */
export const leadOf = ({ maxAgeSeconds }: Policy): number => maxAgeSeconds * 1000 + 60_000;

/** Until when a key is published that stops signing: its last JWT, and slow instances, outlive it. */
export const publishedUntil = (signsUntil: Date): Date =>
  new Date(signsUntil.getTime() + DAY + 10 * 60_000);

/** The key that signs at a time: of those that have begun, the latest. */
export function currentKey<K extends TimedKey>(keys: K[], now: Date): K | undefined {
  return keys
    .filter((key) => key.signsFrom <= now)
    .sort(bySigning)
    .at(-1);
}

/** The key that signs after it. */
export function nextKey<K extends TimedKey>(keys: K[], now: Date): K | undefined {
  return keys.filter((key) => key.signsFrom > now).sort(bySigning)[0];
}

const bySigning = (a: TimedKey, b: TimedKey) => a.signsFrom.getTime() - b.signsFrom.getTime();

/** Whether a key is published no more. @param now milliseconds since the epoch */
export const isOutlived = (key: TimedKey, now: number): boolean =>
  key.publishedUntil !== null && key.publishedUntil.getTime() <= now;

/** What a key is at a time; null for one that has been outlived. */
export function stateOf(key: TimedKey, keys: TimedKey[], now: Date): KeyState | null {
  if (isOutlived(key, now.getTime())) return null;
  if (key.signsFrom > now) return "next";
  return key.kid === currentKey(keys, now)?.kid ? "current" : "previous";
}

/** When a key that is published from `publishedAt` on takes over by age, at the earliest possible. */
export function takeoverByAge(current: TimedKey, publishedAt: Date, policy: Policy): Date {
  const byAge = current.signsFrom.getTime() + policy.rotateAfterDays * DAY;
  return new Date(Math.max(byAge, publishedAt.getTime() + leadOf(policy)));
}

/** When a key may take over at the earliest: now, or once no cache can lack it. */
export function earliestTakeover(next: TimedKey, now: Date, policy: Policy): Date {
  return new Date(Math.max(now.getTime(), next.createdAt.getTime() + leadOf(policy)));
}

/** The times of a key whose successor takes over. */
export const endsAt = (at: Date): KeyTimes => ({
  signsUntil: at,
  publishedUntil: publishedUntil(at),
});
