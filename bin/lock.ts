import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rmdir, stat, unlink, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HEARTBEAT_MS = 2_000;
const STALE_MS = 15_000;

/**
 * Runs `work` while holding the lock file at `path`, waiting for whoever holds it. A holder touches
 * the file while it works, so that one that was killed is taken over: at once when its process is
 * known to be gone, after 15 s otherwise (another container on the same volume).
 *
 * @param path the lock file; its folder is made when missing
 * @param work what to do alone
 * @param onWait called once, when somebody else holds the lock
 * @returns what `work` returns
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: () => void = () => {},
): Promise<T> {
  await acquire(path, onWait);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await unlink(path).catch(() => {});
  }
}

async function acquire(path: string, onWait: () => void): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const holder = `${process.pid} ${hostname()} ${randomUUID()}`;
  let waiting = false;
  while (true) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(holder);
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (await isAbandoned(path)) {
      await breakLock(path);
      continue;
    }
    if (!waiting) onWait();
    waiting = true;
    await sleep(200);
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const [{ mtimeMs }, holder] = await Promise.all([stat(path), readFile(path, "utf8")]);
    if (Date.now() - mtimeMs > STALE_MS) return true;
    const [pid, host] = holder.split(" ");
    return host === hostname() && !isAlive(Number(pid));
  } catch {
    return false; // Released between our two looks: the caller tries again.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Only whoever makes the folder may remove the lock, and looks again first: else two could win. */
async function breakLock(path: string): Promise<void> {
  const breaker = `${path}.break`;
  try {
    await mkdir(breaker);
  } catch {
    await sleep(50);
    const made = await stat(breaker).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > STALE_MS) await rmdir(breaker).catch(() => {});
    return;
  }
  try {
    if (await isAbandoned(path)) await unlink(path).catch(() => {});
  } finally {
    await rmdir(breaker).catch(() => {});
  }
}
