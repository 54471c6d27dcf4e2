import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "@/db/migrate";
import { mergeUsage, query } from "@/e2e/support/database";
import { EverySecret } from "@/e2e/support/every-secret";
import { FaultLoad, makeCredentials, UNLIMITED } from "@/e2e/support/fault-load";
import { type PgBouncer, startPgBouncer } from "@/e2e/support/pgbouncer";
import { startPostgres, type TestPostgres } from "@/e2e/support/postgres";
import { ensureProgram } from "@/e2e/support/program";
import { startServer } from "@/e2e/support/server";
import { test as base, expect } from "@/e2e/support/test";

type Ground = { postgres: TestPostgres; direct: string; pooler: PgBouncer };

/** A PostgreSQL of the test's own behind a PgBouncer with three connections to it. */
const test = base.extend<{ ground: Ground }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  ground: async ({}, use, { skip }) => {
    const program = await ensureProgram("pgbouncer", "pgbouncer");
    if ("missing" in program) return skip(true, program.missing);
    const postgres = await startPostgres();
    const direct = await postgres.createDatabase("pooled");
    const pooler = await startPgBouncer(program.path, direct, 3);
    await use({ postgres, direct, pooler });
    await pooler.end();
    await postgres.kill();
  },
});
test.describe.configure({ timeout: 240_000 });

const env = { ...UNLIMITED, DATABASE_POOLER: "transaction", WEB_CONCURRENCY: "2" };

test.describe("a transaction-mode pooler (PgBouncer) in between", () => {
  test("works: migrations, tokens, clients, JWTs, people, sessions, keys and webhooks through it", async ({
    ground: { pooler, direct },
  }) => {
    const server = await startServer({ database: pooler.url, env });
    const made = new EverySecret(server, () => []);
    const tenant = await made.tokens("https://receiver.example/");
    await made.clients(tenant);
    await made.people(tenant);
    await made.keys();
    expect(await server.broker("audit", "verify")).toMatchObject({ Ok: true });
    expect(await server.stop()).toBe(0);
    const [counted] = await query(direct, async (sql) => {
      await mergeUsage(sql);
      return sql`select count(*)::int as n from usage_hours`;
    });
    expect(counted?.n).toBeGreaterThan(0);
  });

  test("works with a login that owns no table, migrated on the direct address", async ({
    ground: { pooler, direct },
  }) => {
    await migrate(direct);
    await query(direct, (sql) =>
      sql.unsafe(`create role app login password 'test';
        grant broker_tenant, broker_platform to app`),
    );
    const asApp = new URL(pooler.url);
    asApp.username = "app";
    await pooler.addUser("app", "test");
    const server = await startServer({
      database: asApp.href,
      env: { ...env, DATABASE_OWNER_URL: direct },
    });
    const made = new EverySecret(server, () => []);
    await made.clients(await made.tokens("https://receiver.example/"));
    expect(await server.stop()).toBe(0);
  });

  test("paused, killed, its database locked or restarted: fast 503, nothing lost, and work resumes", async ({
    ground: { postgres, pooler, direct },
  }) => {
    const server = await startServer({ database: pooler.url, env });
    const credentials = await makeCredentials(server);
    const load = new FaultLoad(() => server.url, credentials, { callers: 3 });
    for (let i = 0; i < 3; i++) {
      await pooler.command("pause");
      await sleep(1500 * i);
      await pooler.command("resume");
      await load.recovered();
    }
    await query(direct, (sql) =>
      sql.begin(async (tx) => {
        await tx`lock table tokens in access exclusive mode`;
        await sleep(4000);
      }),
    );
    await load.recovered();
    await pooler.crash();
    await sleep(1000);
    await pooler.start();
    await load.recovered();
    await postgres.restart("immediate");
    await load.recovered();
    await load.stop();
    await load.expectNothingLost(
      direct,
      "PgBouncer paused, killed; locked and restarted behind it",
    );
    expect(await server.stop()).toBe(0);
  });
});
