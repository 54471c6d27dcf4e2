import { setTimeout as sleep } from "node:timers/promises";
import { findPostmaster, stopPostmaster } from "./postmaster";
import { ensureRunning, type Server, urlOf } from "./server";
import { openSession, type Session } from "./session";

/** Key of the advisory lock that every user of the server holds shared: "sbro" in ASCII. */
const IN_USE = 0x7362726f;
const ANSWER_MS = 5_000;

/**
 * Keeps the server running for one user of it. As long as the hold lasts a session has the
 * advisory lock; when that session ends unasked, the server is started again if it is gone, and
 * the lock taken again.
 */
export class Hold {
  readonly url: string;
  #server: Server;
  #port: number;
  #session: Session | undefined;
  #released = false;
  #keeping: Promise<void> = Promise.resolve();

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
    this.url = urlOf(server, port);
  }

  /** Starts the server if need be and takes hold of it. */
  static async take(server: Server): Promise<Hold> {
    for (;;) {
      const hold = new Hold(server, await ensureRunning(server));
      if (await hold.#lock()) return hold;
      await sleep(50);
    }
  }

  /** @returns false if the server went away, or its last user is just stopping it */
  async #lock(): Promise<boolean> {
    let taken = false;
    const session = openSession(this.url, () => {
      if (taken && this.#session === session) this.#keeping = this.#retake();
    });
    try {
      taken = await ask(session, `select pg_try_advisory_lock_shared(${IN_USE}) as yes`);
    } catch {
      taken = false;
    }
    if (taken && !this.#released) this.#session = session;
    else await session.close();
    return taken;
  }

  async #retake(): Promise<void> {
    this.#session = undefined;
    let told = "";
    while (!this.#released) {
      try {
        // The same port or none: whoever uses the server has its address.
        const port = await ensureRunning(this.#server, this.#port);
        if (port !== this.#port) throw new Error(`now listens at port ${port}: start again`);
        if (await this.#lock()) return;
      } catch (error) {
        const { message } = error as Error;
        if (message !== told) this.#server.log(`embedded database: ${message}`);
        told = message;
        await sleep(500);
      }
      await sleep(50);
    }
  }

  /** Lets go; the last one to do so stops the server and waits until it is gone. */
  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    await Promise.race([this.#keeping, sleep(ANSWER_MS, undefined, { ref: false })]);
    const session = this.#session ?? openSession(this.url);
    this.#session = undefined;
    try {
      await ask(session, `select pg_advisory_unlock_all() is not null as yes`);
      if (await ask(session, `select pg_try_advisory_lock(${IN_USE}) as yes`)) await this.#stop();
    } catch {
      // It is gone or does not answer: the next start finds out which.
    } finally {
      await session.close();
    }
  }

  async #stop(): Promise<void> {
    const { place, binaries, log } = this.#server;
    const postmaster = findPostmaster(place.cluster);
    if (!postmaster) return;
    const stopped = await stopPostmaster(postmaster, place.cluster, binaries);
    if (!stopped) log("the embedded database is still stopping");
  }
}

/** Asks a question answered by one boolean column named "yes", within a few seconds. */
async function ask({ sql }: Session, question: string): Promise<boolean> {
  const rows = await Promise.race([
    sql.unsafe(question),
    sleep(ANSWER_MS, undefined, { ref: false }),
  ]);
  if (!rows) throw new Error("the embedded database does not answer");
  return rows[0]?.yes === true;
}
