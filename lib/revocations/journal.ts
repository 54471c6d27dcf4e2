import { open } from "node:fs/promises";
import type { ChainedEvent } from "@/lib/audit/chain";
import { log } from "@/lib/log";
import { revocationOf } from "@/lib/revocations/revocation";
import { settings } from "@/lib/settings";

/**
 * Notes what an event takes away in the journal that is kept outside the database, before the event
 * is committed: what is acknowledged is in it. A journal that can't be written stops no revocation;
 * the entry is then in the log.
 */
export async function journalRevocation(event: ChainedEvent): Promise<void> {
  const { BROKER_REVOCATION_JOURNAL: file } = settings();
  const revocation = file ? revocationOf(event) : null;
  if (!file || !revocation) return;
  try {
    const journal = await open(file, "a", 0o600);
    try {
      // One write of one line: processes that append to one file don't mix their lines.
      await journal.write(`${JSON.stringify(revocation)}\n`);
      await journal.datasync();
    } finally {
      await journal.close();
    }
  } catch (error) {
    log().error({ err: error, revocation }, "a revocation is not in the journal");
  }
}
