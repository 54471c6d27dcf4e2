import { createHash, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedDatabaseError } from "./error";
import { startOf } from "./process-info";

/**
 * Runs `work` while no other process does so under the same lock file. A lock whose process is
 * gone, or whose pid another process has now, is taken over.
 *
 * @param waitMs milliseconds to wait for the one who has it
 * @throws EmbeddedDatabaseError when it is not to be had in that time
 */
export async function withLockFile<T>(
  file: string,
  work: () => Promise<T>,
  waitMs = 180_000,
): Promise<T> {
  const mine = `${process.pid} ${startOf(process.pid)} ${randomUUID()}`;
  const draft = `${file}.${randomUUID()}`;
  const giveUp = Date.now() + waitMs;
  await writeFile(draft, mine, { mode: 0o644 });
  try {
    while (!(await linked(draft, file))) {
      const theirs = await contents(file);
      if (theirs !== undefined && isStale(theirs)) await removeStale(file, theirs);
      else if (Date.now() > giveUp) throw new EmbeddedDatabaseError(`Waited too long for ${file}.`);
      else await sleep(20 + Math.random() * 30);
    }
  } finally {
    await rm(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    // While its process lives, nobody else removes it.
    await rm(file, { force: true });
  }
}

/**
 * Removes a lock that was left behind, unless it is another one by now. Whoever removes this very
 * lock holds a lock named after it, so that between a look and the removal it can't be replaced.
 */
function removeStale(file: string, lock: string): Promise<void> {
  const name = createHash("sha256").update(lock).digest("hex").slice(0, 16);
  return withLockFile(`${file}.${name}`, async () => {
    if ((await contents(file)) === lock) await rm(file, { force: true });
  });
}

/** Also if it holds nothing of use, as after a power cut. */
function isStale(lock: string): boolean {
  const [, pid, started] = /^(\d+) (\S+) \S+$/.exec(lock) ?? [];
  return pid === undefined || startOf(Number(pid)) !== started;
}

/** A link appears with its contents at once, unlike a file that is created and then written. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function contents(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
