import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "./binaries";
import { ensureCluster, readPassword } from "./cluster";
import { EmbeddedDatabaseError } from "./error";
import { USER } from "./initdb";
import { withLockFile } from "./lock-file";
import type { Place } from "./place";
import { findFreePort, isPortFree, keepPort, keptPort } from "./port";
import { findPostmaster, removeStalePidFile, spawnPostmaster } from "./postmaster";
import { openSession } from "./session";

const DATABASE = "broker";
/** A crashed server may have minutes of changes to replay. */
const READY_MS = 120_000;
/** What a server that can't start yet, but will in a moment, prints. */
const PASSING = /shared memory block .* is still in use|lock file .* already exists/;
const PORT_TAKEN = /could not bind|Address already in use/i;

export interface Server {
  place: Place;
  binaries: Binaries;
  log: (message: string) => void;
}

export function urlOf({ place }: Server, port: number, database = DATABASE): string {
  return `postgres://${USER}:${readPassword(place)}@127.0.0.1:${port}/${database}`;
}

/**
 * Sees to it that the server runs and accepts connections: makes its data folder, takes over a
 * running one, waits for one that starts or stops, starts it if it doesn't run.
 *
 * @param port the only port allowed, where clients rely on it already
 * @returns its port
 */
export function ensureRunning(server: Server, port?: number): Promise<number> {
  const { place, binaries, log } = server;
  return withLockFile(place.lock, async () => {
    await ensureCluster(place, binaries, log);
    const giveUp = Date.now() + READY_MS;
    let complaint = "it did not accept connections in time";
    while (Date.now() < giveUp) {
      const running = findPostmaster(place.cluster);
      if (running) {
        const answer = await knock(server, running.port);
        if (answer === "ready") {
          keepPort(place, running.port);
          return running.port;
        }
        complaint = answer;
      } else {
        complaint = (await start(server, port)) ?? complaint;
      }
      await sleep(30);
    }
    throw new EmbeddedDatabaseError(`The embedded database is not ready: ${complaint}`);
  });
}

/** @returns why it did not start although a further attempt may succeed */
async function start(server: Server, wanted?: number): Promise<string | undefined> {
  const { place, binaries } = server;
  removeStalePidFile(place.cluster);
  const port = wanted ?? (await choosePort(place));
  const { exited } = spawnPostmaster(place, binaries, port);
  for (const giveUp = Date.now() + 30_000; ; ) {
    const ended = await Promise.race([exited, sleep(20)]);
    if (ended === undefined) {
      if (findPostmaster(place.cluster)) return undefined;
      if (Date.now() < giveUp) continue;
      throw new EmbeddedDatabaseError("The embedded database hangs at its start.");
    }
    await sleep(200);
    if (PASSING.test(ended) || PORT_TAKEN.test(ended)) return ended;
    throw new EmbeddedDatabaseError(`The embedded database did not start: ${ended}`);
  }
}

async function choosePort(place: Place): Promise<number> {
  const kept = keptPort(place);
  return kept !== undefined && (await isPortFree(kept)) ? kept : findFreePort();
}

/** Tries to connect, and makes the product's own database the first time. */
async function knock(server: Server, port: number): Promise<string> {
  const { sql, close } = openSession(urlOf(server, port, "postgres"));
  try {
    const work = async () => {
      const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
      if (!found) await sql.unsafe(`create database ${DATABASE}`);
      return "ready";
    };
    return await Promise.race([work(), sleep(5_000, "it does not answer", { ref: false })]);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === "28P01") {
      throw new EmbeddedDatabaseError(
        `The embedded database does not accept the password in ${server.place.password}.`,
      );
    }
    return message;
  } finally {
    await close();
  }
}
