import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { type Answer, apiOf } from "@/e2e/support/call";
import { expectError } from "@/e2e/support/expect-error";
import { freeze } from "@/e2e/support/freeze";
import { startPostgres, type TestPostgres } from "@/e2e/support/postgres";
import { startServer, type TestServer } from "@/e2e/support/server";
import { test as base, expect } from "@/e2e/support/test";

type Ground = { postgres: TestPostgres; database: string; running: TestServer; token: string };

/** A PostgreSQL of the test's own, that may be hurt, with a server on it and a token of a Tenant. */
const test = base.extend<{ ground: Ground }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  ground: async ({}, use) => {
    const server = await startPostgres();
    const database = await server.createDatabase("faults");
    await migrate(database);
    const running = await startServer({ database });
    const made = await running.broker(
      ...["tenants", "create", "--name", "Faults", "--email", "it@tenant.example"],
    );
    await use({ postgres: server, database, running, token: made.DefaultToken.JWT });
    await running.kill();
    await server.kill();
  },
});
test.describe.configure({ timeout: 240_000 });

const issue = (url: string, token: string, name = "System") =>
  apiOf(url)("POST", "/up/v5/entityToken", { token, json: { Name: name } });

/** 503 with `Retry-After`, and no secret. */
function expectUnavailable(answer: Answer) {
  expectError(answer, 503, "database_unavailable");
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(answer.text).not.toMatch(/sbat_/);
}

test("a database that is stopped, frozen or restarted is 503, never 401 or 200, and work resumes in the same process", async ({
  ground: { postgres: server, running, token },
}) => {
  const api = apiOf(running.url);
  const verify = () => api("GET", "/up/v5/verify", { token });
  const works = () => expect.poll(async () => (await verify()).status).toBe(200);
  await works();

  await server.stop("SIGQUIT");
  for (let i = 0; i < 3; i++) expectUnavailable(await verify());
  expectUnavailable(await issue(running.url, token));
  await server.start();
  await works();

  const thaw = freeze(server.pid as number);
  expectUnavailable(await verify());
  expectUnavailable(await issue(running.url, token));
  thaw();
  await works();

  for (let i = 0; i < 4; i++) await server.restart("immediate");
  await works();
  expect((await issue(running.url, token)).status).toBe(200);
});

test("locked tables are a fast 503 with no secret shown; nothing is stored, and verification goes on", async ({
  ground: { database, running, token },
}) => {
  const sql = postgres(database, { max: 1 });
  const count = async () => (await sql`select count(*)::int as n from tokens`)[0]?.n;
  const before = await count();
  await sql.begin(async (tx) => {
    await tx`lock table audit_chains, audit_events in access exclusive mode`;
    expectUnavailable(await issue(running.url, token));
    const { status } = await apiOf(running.url)("GET", "/up/v5/verify", { token });
    expect(status).toBe(200);
  });
  expect(await count()).toBe(before);
  await expect.poll(async () => (await issue(running.url, token)).status).toBe(200);
  await sql.end();
});

test("kill -9 of the app under issuance loses nothing that was acknowledged; tokens and audit events stay one to one", async ({
  ground: { database, running, token },
}) => {
  test.slow();
  const acknowledged = new Set<string>();
  let current: TestServer = running;
  for (let round = 0; round < 3; round++) {
    let going = true;
    const { url } = current;
    const writers = Array.from({ length: 6 }, async () => {
      while (going) {
        const answer = await issue(url, token).catch(() => undefined);
        if (answer?.status === 200) acknowledged.add(answer.body.Id);
        else if (!answer) return;
      }
    });
    const wanted = acknowledged.size + 5 + Math.floor(Math.random() * 30);
    await expect.poll(() => acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(wanted);
    await current.kill();
    going = false;
    await Promise.all(writers);
    current = await startServer({ database });
  }
  const sql = postgres(database, { max: 1 });
  const stored = await sql<{ id: string }[]>`select id from tokens`;
  const events = await sql<{ id: string }[]>`
    select target_id as id from audit_events where action = 'token.issued'`;
  await sql.end();
  await current.kill();
  const ids = new Set(stored.map(({ id }) => id));
  for (const id of acknowledged) expect(ids.has(id)).toBe(true);
  expect(events.map(({ id }) => id).sort()).toEqual([...ids].sort());
});
