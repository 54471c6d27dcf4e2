import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChainedEvent } from "@/lib/audit/chain";
import { log } from "@/lib/log";
import { type Revocation, revocationOf } from "@/lib/revocations/revocation";
import { settings } from "@/lib/settings";

/** A disk that hangs must not outlast the transaction that it holds up. */
const patienceMs = 500;

/**
 * Notes what an event takes away in the journal that is kept outside the database, before the event
 * is committed: what is acknowledged is in it. A journal that can't be written, or not soon, stops no
 * revocation; the entry is then in the log.
 */
export async function journalRevocation(event: ChainedEvent): Promise<void> {
  const { BROKER_REVOCATION_JOURNAL: file } = settings();
  const revocation = file ? revocationOf(event) : null;
  if (!file || !revocation) return;
  const timer = new AbortController();
  try {
    await Promise.race([append(file, revocation), tooLong(timer.signal)]);
  } catch (error) {
    log().error({ err: error, revocation }, "a revocation is not in the journal");
  } finally {
    timer.abort();
  }
}

async function append(file: string, revocation: Revocation): Promise<void> {
  const journal = await open(file, "a", 0o600);
  try {
    // One write of one line: processes that append to one file don't mix their lines.
    await journal.write(`${JSON.stringify(revocation)}\n`);
    await journal.datasync();
  } finally {
    await journal.close();
  }
}

async function tooLong(signal: AbortSignal): Promise<never> {
  await sleep(patienceMs, undefined, { signal, ref: false });
  throw new Error("The journal takes too long.");
}
