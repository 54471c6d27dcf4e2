import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "@/db/migrate";
import { query } from "@/e2e/support/database";
import { FaultLoad, makeCredentials, UNLIMITED } from "@/e2e/support/fault-load";
import { freeze } from "@/e2e/support/freeze";
import { startPostgres, type TestPostgres } from "@/e2e/support/postgres";
import { startServer, type TestServer } from "@/e2e/support/server";
import { type SlowLine, startSlowLine } from "@/e2e/support/slow-line";
import { test as base, expect } from "@/e2e/support/test";

type Ground = {
  postgres: TestPostgres;
  direct: string;
  line: SlowLine;
  server: TestServer;
  load: FaultLoad;
};

/** How often each fault is done; more for a long run. */
const rounds = Number(process.env.BROKER_TEST_FAULTS || 1);

/** A server under load whose database is at the other end of a line that can be slowed or cut. */
const test = base.extend<{ ground: Ground }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  ground: async ({}, use) => {
    const postgres = await startPostgres();
    const direct = await postgres.createDatabase("slow");
    await migrate(direct);
    const line = await startSlowLine(postgres.port);
    const url = new URL(direct);
    url.port = String(line.port);
    const server = await startServer({ database: url.href, env: UNLIMITED });
    const load = new FaultLoad(() => server.url, await makeCredentials(server));
    await load.recovered();
    await use({ postgres, direct, line, server, load });
    await load.stop();
    await server.kill();
    await line.end();
    await postgres.kill();
  },
});
test.describe.configure({ timeout: 240_000 });

test("a slow database is slow and nothing worse; too slow is 503; silent or cut lines are replaced, and nothing is lost", async ({
  ground: { line, server, load, direct },
}) => {
  // The three that issue wait for one another, for a dozen trips each: with twice the delay a
  // busy machine is too slow for the last of them, again and again.
  line.delay(5);
  for (let i = 0; i < 3; i++) await load.recovered();
  for (let round = 0; round < rounds; round++) {
    line.delay(2_500);
    await sleep(4_000);
    line.restore();
    await load.recovered();
    line.silence();
    await sleep(4_000);
    line.restore();
    await load.recovered();
    for (let i = 0; i < 5; i++) {
      line.cut();
      await load.recovered();
    }
  }
  await load.stop();
  expect(await server.stop()).toBe(0);
  await load.expectNothingLost(direct, "Database slow, silent, cut off");
});

test("locked tables: fast 503, verification goes on where it can, and all is as before afterwards", async ({
  ground: { load, direct, server },
}) => {
  const whileLocked = (tables: string, work: () => Promise<void>) =>
    query(direct, (sql) =>
      sql.begin(async (tx) => {
        await tx.unsafe(`lock table ${tables} in access exclusive mode`);
        await work();
      }),
    );
  for (let round = 0; round < rounds; round++) {
    // In the order in which a change takes them: else one under way and this wait for each other.
    await whileLocked("audit_chains, audit_events", async () => {
      expect((await load.call("issue"))?.status).toBe(503);
      for (let i = 0; i < 50; i++) {
        expect((await load.call("verify"))?.status).toBe(200);
        expect((await load.call("refuse"))?.status).toBe(401);
      }
      expect((await load.call("jwt"))?.status).toBe(200);
      expect((await load.call("list"))?.status).toBe(200);
    });
    await load.recovered();
    await whileLocked("tokens", async () => {
      for (const kind of ["verify", "refuse", "issue", "list"] as const) {
        expect((await load.call(kind))?.status, kind).toBe(503);
      }
      expect((await load.call("jwt"))?.status).toBe(200);
    });
    await load.recovered();
  }
  await load.stop();
  expect(await server.stop()).toBe(0);
  await load.expectNothingLost(direct, "Tables locked");
});

test("stopped, frozen, killed and restarted at once, again and again: 503 or the truth, in the same process", async ({
  ground: { load, direct, server, postgres },
}) => {
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 3; i++) {
      await postgres.restart("immediate");
      await load.recovered();
    }
    await postgres.stop("SIGKILL");
    await sleep(500);
    await postgres.start();
    await load.recovered();
    const thaw = freeze(postgres.pid);
    await sleep(4_000);
    thaw();
    await load.recovered();
  }
  await load.stop();
  expect(await server.stop()).toBe(0);
  await load.expectNothingLost(direct, "Database restarted, killed, frozen");
});
