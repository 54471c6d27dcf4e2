import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
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
      if (theirs !== undefined && isStale(theirs)) await removeIf(file, theirs);
      else if (Date.now() > giveUp) throw new EmbeddedDatabaseError(`Waited too long for ${file}.`);
      else await sleep(20 + Math.random() * 30);
    }
  } finally {
    await rm(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    await removeIf(file, mine);
  }
}

/**
 * Removes a file if it still has those contents. It is moved away before it is read, since between
 * reading and removing another process may have put its own there; such a one is put back.
 */
export async function removeIf(file: string, expected: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await contents(aside)) !== expected) await linked(aside, file);
  await rm(aside, { force: true });
}

function isStale(lock: string): boolean {
  const [pid, started] = lock.split(" ");
  return startOf(Number(pid)) !== started;
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
