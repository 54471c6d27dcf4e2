import { execFile, spawn } from "node:child_process";
import { closeSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Binaries, SERVER_ENV } from "./binaries";
import { openOwn, type Place } from "./place";
import { isServerOf, startOf } from "./process-info";

export interface Postmaster {
  pid: number;
  port: number;
  /** Tells the process from a later one with the same pid. */
  started: string;
}

/**
 * The server that runs on this data folder, whoever started it. A `postmaster.pid` whose process
 * is gone, or is something else by now, counts as none.
 */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const lines = readPidFile(cluster)?.split("\n");
  const [pid, port] = [Number(lines?.[0]), Number(lines?.[3])];
  if (!lines || !(pid > 0)) return undefined;
  const started = startOf(pid);
  return started && isServerOf(pid, cluster) ? { pid, port, started } : undefined;
}

/**
 * Removes the `postmaster.pid` of a server that died: PostgreSQL does so itself, unless another
 * process of the same user has got the pid. To be called under the lock file.
 */
export function removeStalePidFile(cluster: string): void {
  if (!findPostmaster(cluster)) rmSync(path.join(cluster, "postmaster.pid"), { force: true });
}

/**
 * Starts the server in a session of its own, so that Ctrl-C reaches the app only.
 *
 * @param settings further `name=value` settings
 * @returns `exited`, which gives what it printed, should it not stay up
 */
export function spawnPostmaster(
  place: Pick<Place, "cluster" | "startLog" | "user">,
  binaries: Binaries,
  port: number,
  settings: string[] = [],
): { pid: number | undefined; exited: Promise<string> } {
  const output = openOwn(path.dirname(place.startLog), place.startLog);
  const fixed = ["-D", place.cluster, "-p", String(port), "-c", "listen_addresses=127.0.0.1"];
  const child = spawn(binaries.postgres, [...fixed, ...settings.flatMap((s) => ["-c", s])], {
    ...place.user,
    cwd: "/",
    env: SERVER_ENV,
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.unref();
  const exited = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", () => resolve(printed(place.startLog)));
  });
  return { pid: child.pid, exited };
}

/** Whoever removed the folder while the server ran gets no exception thrown at our process. */
function printed(startLog: string): string {
  try {
    return readFileSync(startLog, "utf8").trim();
  } catch {
    return "";
  }
}

/** Asks the server to stop without waiting for its clients, and waits until it is gone. */
export async function stopPostmaster(
  postmaster: Postmaster,
  cluster: string,
  binaries: Binaries,
  waitMs = 30_000,
): Promise<boolean> {
  if (process.platform === "win32") {
    await promisify(execFile)(binaries.pgCtl, ["stop", "-D", cluster, "-m", "fast"]).catch(
      () => {},
    );
  } else if (startOf(postmaster.pid) === postmaster.started) {
    process.kill(postmaster.pid, "SIGINT");
  }
  const giveUp = Date.now() + waitMs;
  while (startOf(postmaster.pid) === postmaster.started) {
    if (Date.now() > giveUp) return false;
    await sleep(20);
  }
  return true;
}

function readPidFile(cluster: string): string | undefined {
  try {
    return readFileSync(path.join(cluster, "postmaster.pid"), "utf8");
  } catch {
    return undefined;
  }
}
