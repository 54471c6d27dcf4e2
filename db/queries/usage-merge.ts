import { askDatabase, flushPool } from "../client";

/** Lines that are merged at once: with those of 20,000 credentials it takes about half a second. */
export const mostLines = 20_000;

export type Merged = {
  /** Batches that were merged. */
  merged: number;
  /** Batches that wait still. */
  waiting: number;
  /** Credentials that were seen from somewhere new. */
  fresh: string[];
};

const merging = `select merged, waiting, to_json(fresh) as fresh from broker_merge_usage($1::text::double precision, $2::text::int)`;

/**
 * Merges what waits, for somebody who is about to read it.
 * @throws DatabaseUnavailable
 */
export async function mergeUsage(): Promise<Merged> {
  const [row] = await askDatabase(merging, ["0", String(mostLines)]);
  return row as unknown as Merged;
}

/**
 * Merges what waits if it does so for `minAgeMs` and no other instance is at it.
 * @throws DatabaseUnavailable: with fewer lines it may be done in time.
 */
export async function mergeOldUsage(minAgeMs: number, lines: number): Promise<Merged> {
  const [row] = await flushPool().unsafe(merging, [String(minAgeMs), String(lines)]);
  return row as unknown as Merged;
}

/** Adds up all but the `kept` most recent sources of each credential. */
export async function trimSources(credentialIds: string[], kept: number): Promise<void> {
  await flushPool().unsafe("select broker_trim_sources($1::text::uuid[], $2::text::int)", [
    `{${credentialIds.join(",")}}`,
    String(kept),
  ]);
}
