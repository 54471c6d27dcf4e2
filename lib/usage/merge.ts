import { mergeOldUsage, mergeUsage, mostLines, trimSources } from "@/db/queries/usage-merge";
import { wasSilent } from "@/db/unavailable";
import { log } from "@/lib/log";

/** Sources that are kept of one credential, the most recent ones. */
export const keptSources = 100;

/** Milliseconds until what this process wrote is merged, where nobody asks for it before. */
const patience = 10_000;

let reading: Promise<void> | undefined;
let timer: NodeJS.Timeout | undefined;

/**
 * Merges the counts that wait, for somebody who is about to show counts or last uses. Those who come
 * at once share it. What the database refuses is logged, and shown later.
 * @throws DatabaseUnavailable where it didn't answer: that took the time to read, too.
 */
export function mergeCounts(): Promise<void> {
  reading ??= mergeForReader().finally(() => {
    reading = undefined;
  });
  return reading;
}

async function mergeForReader(): Promise<void> {
  try {
    const { fresh } = await mergeUsage();
    trim(fresh);
  } catch (error) {
    if (wasSilent(error)) throw error;
    log().warn({ err: error }, "counts are not merged yet");
  }
}

/** Has what was written merged within some seconds, by this instance or another one. */
export function mergeLater(): void {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    void mergeOld();
  }, patience).unref();
}

/** Of many instances one merges for all, since what waits is young for the others then. */
async function mergeOld(): Promise<void> {
  try {
    if (!(await mergeWaiting(patience / 2))) mergeLater();
  } catch (error) {
    log().warn({ err: error }, "counts wait to be merged");
    mergeLater();
  }
}

/** How much is merged at once: less after a failure, since it may have taken too long. */
let lines = mostLines;

/**
 * Merges all that waits, if some of it does so for `minAgeMs`.
 * @returns whether nothing waits any more
 * @throws DatabaseUnavailable
 */
export async function mergeWaiting(minAgeMs: number): Promise<boolean> {
  for (;;) {
    const { merged, waiting, fresh } = await mergeOldUsage(minAgeMs, lines).catch((error) => {
      lines = Math.max(1, lines >> 1);
      throw error;
    });
    lines = mostLines;
    trim(fresh);
    if (merged === 0 || waiting === 0) return waiting === 0;
  }
}

function trim(credentialIds: string[]): void {
  if (credentialIds.length === 0) return;
  trimSources(credentialIds, keptSources).catch((error) => {
    log().warn({ err: error }, "sources kept");
  });
}
