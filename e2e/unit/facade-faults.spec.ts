import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { createFacade } from "@/db/facade";
import { freeze } from "../support/freeze";
import { PairedLoad } from "../support/paired-load";
import { startPostgres, type TestPostgres } from "../support/postgres";

/** More rounds for a longer look: `FAULT_ROUNDS=20 npm test -- facade-faults`. */
const ROUNDS = Number(process.env.FAULT_ROUNDS || 3);
const DEADLINE_MS = 500;

const FAULTS: Record<string, (server: TestPostgres) => Promise<void>> = {
  "immediate restart": (server) => server.restart("immediate"),
  "fast restart": (server) => server.restart("fast"),
  "kill -9 of the server": async (server) => {
    await server.stop("SIGKILL");
    await server.start();
  },
  "a while without a server": async (server) => {
    await server.stop("SIGQUIT");
    await sleep(300);
    await server.start();
  },
  "freeze beyond the deadline": async (server) => {
    const thaw = freeze(server.pid);
    await sleep(DEADLINE_MS * 1.5);
    thaw();
  },
  "freeze, then kill -9": async (server) => {
    const thaw = freeze(server.pid);
    await sleep(DEADLINE_MS / 2);
    await server.stop("SIGKILL");
    thaw();
    await server.start();
  },
  "every session terminated": async (server) => {
    const admin = createFacade(server.url(), { max: 1 });
    await admin.unsafe(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
    );
    await admin.end();
  },
};

for (const prepare of [true, false]) {
  test(`under load, ${prepare ? "directly" : "as behind a pooler"}: through ${
    ROUNDS * Object.keys(FAULTS).length
  } faults nothing acknowledged is lost, nothing comes apart, every call ends`, async () => {
    test.setTimeout(60_000 + ROUNDS * 60_000);
    const uncaught: unknown[] = [];
    const note = (error: unknown) => uncaught.push(error);
    process.on("uncaughtException", note).on("unhandledRejection", note);
    const server = await startPostgres();
    const facade = createFacade(server.url(), { max: 8, deadlineMs: DEADLINE_MS, prepare });
    try {
      await PairedLoad.createTables(facade);
      const load = new PairedLoad(facade, 12);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [name, strike] of Object.entries(FAULTS)) {
          await strike(server);
          const [writes, reads] = [load.acknowledged.size, load.reads];
          await expect
            .poll(() => load.acknowledged.size > writes + 20 && load.reads > reads + 20, {
              message: `work resumes after: ${name}`,
              intervals: [10],
              timeout: 30_000,
            })
            .toBe(true);
        }
      }
      await load.stop();
      const { things, events } = await load.stored();
      expect(events).toEqual(things);
      expect([...load.acknowledged].filter((id) => !things.has(id))).toEqual([]);
      expect([...load.refused].filter((id) => things.has(id))).toEqual([]);
      expect(load.unexpected).toEqual([]);
      expect(uncaught).toEqual([]);
    } finally {
      process.off("uncaughtException", note).off("unhandledRejection", note);
      await facade.end({ timeout: 1 });
      await server.kill();
    }
  });
}
