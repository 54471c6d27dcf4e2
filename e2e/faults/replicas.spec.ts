import { randomBytes } from "node:crypto";
import { migrate } from "@/db/migrate";
import { standbysAtRisk } from "@/db/verifiers";
import { type Api, apiOf } from "@/e2e/support/call";
import { query } from "@/e2e/support/database";
import { startPostgres, type TestPostgres } from "@/e2e/support/postgres";
import { type Call, findViolations } from "@/e2e/support/revocation";
import { serverEnv, startServer, type TestServer, watch } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

let primary: TestPostgres;
let standby: TestPostgres;
let servers: TestServer[];
let url: string;

const waitForAll = "FIRST 1 (*)";
const setNames = (names: string) =>
  query(primary.url(), async (sql) => {
    await sql.unsafe(`alter system set synchronous_standby_names = '${names}'`);
    await sql`select pg_reload_conf()`;
  });
const onStandby = (statement: string) =>
  query(standby.url(), async (sql) => (await sql.unsafe(statement))[0]);

test.beforeAll(async () => {
  primary = await startPostgres();
  url = await primary.createDatabase("broker");
  await migrate(url);
  standby = await primary.startStandby("first");
  await setNames(waitForAll);
  const env = {
    BROKER_SECRET_KEY: randomBytes(32).toString("base64"),
    BROKER_PUBLIC_URL: "http://broker.example",
    DATABASE_REPLICA_URLS: standby.url("broker"),
  };
  servers = [];
  for (let i = 0; i < 2; i++) servers.push(await startServer({ database: url, env }));
});

test.afterAll(async () => {
  for (const server of servers ?? []) await server.kill();
  await standby?.kill();
  await primary?.kill();
});

type Made = { token: string; path: string };

async function makeTokens(api: Api, count: number): Promise<Made[]> {
  const args = ["--name", `Tenant of ${count}`, "--email", "it@tenant.example"];
  const tenant = await (servers[0] as TestServer).broker("tenants", "create", ...args);
  const manager = (tenant as { DefaultToken: { JWT: string } }).DefaultToken.JWT;
  const made: Made[] = [];
  for (let i = 0; i < count; i++) {
    const { body, status, text } = await api("POST", "/up/v5/entityToken", {
      token: manager,
      json: { Name: `System ${i}`, Scopes: ["broker", "tokens:manage"] },
    });
    expect(status, text).toBe(200);
    made.push({ token: body.JWT, path: `/up/v5/entityToken/${body.Id}` });
  }
  return made;
}

test("verification reads from a synchronous standby, and accepts nothing whose revocation was acknowledged", async () => {
  const apis = servers.map((server) => apiOf(server.url)) as [Api, Api];
  const made = await makeTokens(apis[0], 40);
  const history: Call[] = [];
  let reached = 0;
  let over = false;
  const load = Array.from({ length: 8 }, async (_, index) => {
    for (let turn = index; !over; turn++) {
      const at = Math.min(made.length - 1, Math.max(0, reached - 2 + (turn % 6)));
      const start = performance.now();
      const { status } = await (apis[turn % 2] as Api)("GET", "/up/v5/verify", {
        token: made[at]?.token as string,
      });
      expect([200, 401]).toContain(status);
      const outcome = status === 200 ? "accepted" : "refused";
      history.push({ credential: String(at), start, end: performance.now(), outcome });
    }
  });
  for (; reached < made.length; reached++) {
    const { path, token } = made[reached] as Made;
    const start = performance.now();
    const { status, text } = await (apis[reached % 2] as Api)("DELETE", path, { token });
    expect(status, text).toBe(200);
    const end = performance.now();
    history.push({ credential: String(reached), start, end, outcome: "revoked" });
  }
  over = true;
  await Promise.all(load);
  expect(findViolations(history)).toEqual([]);
  expect(history.filter(({ outcome }) => outcome === "refused").length).toBeGreaterThan(40);
  const readers = await onStandby(
    "select count(*)::int as n from pg_stat_activity where application_name = 'servicebroker-verify' and query ~ 'broker_verify_batch|xmin'",
  );
  expect(readers?.n).toBeGreaterThanOrEqual(2);
});

test("a revocation that the standby has not applied is not acknowledged", async () => {
  const api = apiOf((servers[0] as TestServer).url);
  const [one] = (await makeTokens(api, 1)) as [Made];
  await onStandby("select pg_wal_replay_pause()");
  const revoked = await api("DELETE", one.path, { token: one.token });
  expect(revoked.status).toBe(503);
  expect((await api("GET", "/up/v5/verify", { token: one.token })).status).toBe(200);
  await onStandby("select pg_wal_replay_resume()");
  await expect
    .poll(async () => (await api("DELETE", one.path, { token: one.token })).status)
    .not.toBe(503);
  expect((await api("GET", "/up/v5/verify", { token: one.token })).status).toBe(401);
});

test("a standby that is gone is not asked: verification goes on with the primary, and nothing is acknowledged without it", async () => {
  const api = apiOf((servers[1] as TestServer).url);
  const [kept, ended] = (await makeTokens(api, 2)) as [Made, Made];
  await standby.stop("SIGKILL");
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => api("GET", "/up/v5/verify", { token: kept.token })),
  );
  for (const { status } of answers) expect([200, 503]).toContain(status);
  await expect
    .poll(async () => (await api("GET", "/up/v5/verify", { token: kept.token })).status)
    .toBe(200);
  expect((await api("DELETE", ended.path, { token: ended.token })).status).toBe(503);
  await standby.start();
  await expect
    .poll(async () => (await api("DELETE", ended.path, { token: ended.token })).status)
    .not.toBe(503);
  expect((await api("GET", "/up/v5/verify", { token: ended.token })).status).toBe(401);
  expect((await api("GET", "/up/v5/verify", { token: kept.token })).status).toBe(200);
});

test("a start is refused where the primary doesn't wait for every standby", async () => {
  await setNames("");
  const env = {
    ...serverEnv(url, 0),
    DATABASE_REPLICA_URLS: standby.url("broker"),
  } as NodeJS.ProcessEnv;
  const { ended, output } = watch(["bin/run.mjs", "start"], env);
  expect(await ended).toBe(1);
  expect(output()).toContain("synchronous_standby_names of the primary is empty");
  await setNames(waitForAll);
});

test("which settings of the primary leave a standby at risk", () => {
  const safe: [string, number][] = [
    ["*", 1],
    ["s1", 1],
    ["FIRST 2 (s1, s2)", 2],
    ["2 (*)", 2],
    ["any 2 (s1, s2)", 2],
  ];
  for (const [names, count] of safe) expect(standbysAtRisk(names, count), names).toBeNull();
  const risky: [string, number][] = [
    ["", 1],
    ["*", 2],
    ["s1, s2", 2],
    ["FIRST 1 (s1, s2)", 1],
    ["ANY 1 (s1, s2)", 2],
    ["FIRST 2 (s1, s2, s3)", 2],
  ];
  for (const [names, count] of risky) {
    expect(standbysAtRisk(names, count), names).toContain("synchronous_standby_names");
  }
});
