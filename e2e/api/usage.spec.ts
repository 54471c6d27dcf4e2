import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { apiOf } from "../support/call";
import { createDatabase, dropDatabase, mergeUsage, query } from "../support/database";
import { startServer, type TestServer } from "../support/server";
import { expect, type IssuedToken, test } from "../support/test";

/** All 100,000 of the promise take minutes on a small machine: `BROKER_TEST_VERIFICATIONS=100000`. */
const verifications = Number(process.env.BROKER_TEST_VERIFICATIONS ?? 3_000);

type Counts = Record<string, number>;
type Bucket = { Start: string; Outcome: string; Count: number };

const countsOf = (buckets: Bucket[]) => {
  const counts: Counts = {};
  for (const { Outcome, Count } of buckets) counts[Outcome] = (counts[Outcome] ?? 0) + Count;
  return counts;
};

/** What the database holds of each credential, by outcome. */
const storedCounts = (url: string) =>
  query(url, async (sql) => {
    await mergeUsage(sql);
    const rows =
      await sql`select credential_id, outcome, sum(count)::int as n from usage_hours group by 1, 2`;
    const counts: Record<string, Counts> = {};
    for (const { credential_id: id, outcome, n } of rows) {
      counts[id] = { ...counts[id], [outcome]: n };
    }
    return counts;
  });

/** Calls of credentials in the tables that are read, whatever waits to get there. */
const mergedIn = (url: string, ids: string[]) =>
  query(url, async (sql) => {
    const [row] = await sql`select coalesce(sum(count), 0)::int as n from usage_hours
      where credential_id = any(${ids}::uuid[])`;
    return row?.n as number;
  });

test.describe("GET /up/v5/entityToken/{id}/usage", () => {
  test("tells how often, with what outcome and from where a token was used", async ({
    api,
    tenant,
    issue,
  }) => {
    const used = await issue(tenant);
    const agent = { "User-Agent": "scheduling/7.1" };
    const verify = (query = "") =>
      api("GET", `/up/v5/verify${query}`, { token: used.JWT, headers: agent });
    expect((await verify()).status).toBe(200);
    expect((await verify()).status).toBe(200);
    expect((await verify("?scope=audit:read")).status).toBe(403);
    expect(
      (await api("GET", "/up/v5/entityToken", { token: used.JWT, headers: agent })).status,
    ).toBe(403);
    await api("PUT", `/up/v5/entityToken/${used.Id}`, {
      token: tenant.token,
      json: { Active: false },
    });
    expect((await verify()).status).toBe(401);
    await api("DELETE", `/up/v5/entityToken/${used.Id}`, { token: tenant.token });
    expect((await verify()).status).toBe(401);
    const path = `/up/v5/entityToken/${used.Id}/usage`;
    const expected = { accepted: 2, scope: 2, inactive: 1, revoked: 1 };
    await expect
      .poll(async () => countsOf((await api("GET", path, { token: tenant.token })).body.Buckets))
      .toEqual(expected);
    const { body } = await api("GET", `${path}?by=day`, { token: tenant.token });
    expect(countsOf(body.Buckets)).toEqual(expected);
    expect(body.Buckets[0].Start).toMatch(/T00:00:00\.000Z$/);
    expect(body.Sources).toEqual([
      {
        Address: "127.0.0.1",
        UserAgent: "scheduling/7.1",
        FirstSeen: expect.stringMatching(/Z$/),
        LastSeen: expect.stringMatching(/Z$/),
        Count: 6,
      },
    ]);
    const token = await api("GET", `/up/v5/entityToken/${used.Id}`, { token: tenant.token });
    expect(token.body.LastUsedAt).toMatch(/Z$/);
    const before = await api("GET", `${path}?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`, {
      token: tenant.token,
    });
    expect(before.body).toEqual({ Buckets: [], Sources: body.Sources });
  });

  test("400 names what is wrong with the span; 404 for another Tenant's token", async ({
    api,
    tenant,
    provision,
  }) => {
    const path = `/up/v5/entityToken/${tenant.tokenId}/usage`;
    for (const [wrong, name] of [
      ["?by=minute", "?by"],
      ["?from=yesterday", "?from"],
      ["?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "?from"],
      ["?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "?from"],
      ["?till=now", "?till"],
    ]) {
      const { status, body } = await api("GET", path + wrong, { token: tenant.token });
      expect([status, body.Errors[0].Path]).toEqual([400, name]);
    }
    const stranger = await provision();
    const foreign = await api("GET", path, { token: stranger.token });
    const absent = await api("GET", `/up/v5/entityToken/${randomUUID()}/usage`, {
      token: stranger.token,
    });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, RequestId: "" }).toEqual({ ...absent.body, RequestId: "" });
  });

  test("X-Forwarded-For of anybody is not where a call came from", async ({
    api,
    tenant,
    issue,
  }) => {
    const used = await issue(tenant);
    const headers = { "X-Forwarded-For": "203.0.113.5" };
    await api("GET", "/up/v5/verify", { token: used.JWT, headers });
    const path = `/up/v5/entityToken/${used.Id}/usage`;
    await expect
      .poll(async () => (await api("GET", path, { token: tenant.token })).body.Sources)
      .toMatchObject([{ Address: "127.0.0.1" }]);
  });
});

test.describe("counting over several instances", () => {
  let database: string;
  let servers: TestServer[];

  test.beforeEach(async () => {
    database = await createDatabase();
    const [first] = [await startServer({ database })] as const;
    const { BROKER_SECRET_KEY } = first.env;
    const others = await Promise.all(
      [1, 2].map(() => startServer({ database, env: { BROKER_SECRET_KEY } })),
    );
    servers = [first, ...others];
  });
  test.afterEach(() => dropDatabase(database));

  /** Tokens in every state, and what a verification of each comes to. */
  async function population(server: TestServer) {
    const api = apiOf(server.url);
    const master = await server.broker(
      "tokens",
      "issue",
      "--tenant",
      "master",
      "--name",
      "m",
      "--scopes",
      "broker tenants:manage",
    );
    const provision = async (name: string) =>
      (
        await api("POST", "/up/v5/entity", {
          token: master.JWT,
          json: { Name: name, Email: "a@b.example" },
        })
      ).body;
    const tenant = await provision("Counted");
    const suspended = await provision("Suspended");
    const token = tenant.DefaultToken.JWT;
    const issue = async (): Promise<IssuedToken> =>
      (await api("POST", "/up/v5/entityToken", { token, json: { Name: "x" } })).body;
    const [good, scope, inactive, revoked, replaced] = [
      await issue(),
      await issue(),
      await issue(),
      await issue(),
      await issue(),
    ];
    await api("PUT", `/up/v5/entityToken/${inactive.Id}`, { token, json: { Active: false } });
    await api("DELETE", `/up/v5/entityToken/${revoked.Id}`, { token });
    await api("POST", `/up/v5/entityToken/${replaced.Id}/replace`, {
      token,
      json: { OverlapSeconds: 1 },
    });
    await api("PUT", `/up/v5/entity/${suspended.EntityId}`, {
      token: master.JWT,
      json: { Active: false },
    });
    // The overlap ends by the database's clock.
    await sleep(1_500);
    return [
      { ...good, query: "", outcome: "accepted", status: 200 },
      { ...scope, query: "?scope=audit:read", outcome: "scope", status: 403 },
      { ...inactive, query: "", outcome: "inactive", status: 401 },
      { ...revoked, query: "", outcome: "revoked", status: 401 },
      { ...replaced, query: "", outcome: "overlap-ended", status: 401 },
      { ...suspended.DefaultToken, query: "", outcome: "tenant-suspended", status: 401 },
    ] as (IssuedToken & { query: string; outcome: string; status: number })[];
  }

  /** Verifies at random until so many have been answered; counts what callers saw. */
  async function verifyMany(
    urls: () => string[],
    tokens: Awaited<ReturnType<typeof population>>,
    total: number,
  ) {
    const seen: Record<string, Counts> = {};
    let left = total;
    await Promise.all(
      Array.from({ length: 48 }, async () => {
        while (left-- > 0) {
          const one = tokens[Math.floor(Math.random() * tokens.length)] as (typeof tokens)[number];
          const url = urls()[Math.floor(Math.random() * urls().length)] as string;
          const path = `/up/v5/verify${one.query}`;
          const answer = await apiOf(url)("GET", path, { token: one.JWT });
          // The database was late: nothing was decided, and nothing is counted.
          if (answer.status === 503) continue;
          // Not by `expect`, each of which is kept for the report.
          if (answer.status !== one.status) throw new Error(`${one.outcome}: ${answer.status}`);
          seen[one.Id] ??= {};
          const counts = seen[one.Id] as Counts;
          counts[one.outcome] = (counts[one.outcome] ?? 0) + 1;
        }
      }),
    );
    return seen;
  }

  test(`${verifications} verifications over three instances are counted exactly after a clean stop`, async () => {
    test.setTimeout(600_000);
    const tokens = await population(servers[0] as TestServer);
    const seen = await verifyMany(() => servers.map((server) => server.url), tokens, verifications);
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0, 0]);
    const stored = await storedCounts(database);
    for (const { Id } of tokens) expect(stored[Id]).toEqual(seen[Id]);
    const [ofTenants] = await query(
      database,
      (sql) => sql`select
        (select sum(count)::int from tenant_usage_hours) as tenants,
        (select sum(count)::int from usage_hours) as credentials,
        (select count(*)::int from usage_flushes) as flushes,
        (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`,
    );
    expect(ofTenants?.tenants).toBe(ofTenants?.credentials);
    expect(ofTenants?.deadlocks).toBe(0);
  });

  test("kill -9 of an instance loses at most its last second", async () => {
    const [killed, ...others] = servers as [TestServer, ...TestServer[]];
    const tokens = await population(killed);
    const before = await verifyMany(() => servers.map((server) => server.url), tokens, 600);
    // Stored within a second, and merged in ten or so, though nobody asks for it.
    const ids = tokens.map(({ Id }) => Id);
    const counted = Object.values(before).flatMap((counts) => Object.values(counts));
    await expect
      .poll(() => mergedIn(database, ids), { timeout: 30_000 })
      .toBe(counted.reduce((sum, count) => sum + count, 0));
    const late = await verifyMany(() => [killed.url], tokens, 60);
    await killed.kill();
    await Promise.all(others.map((server) => server.stop()));
    const stored = await storedCounts(database);
    for (const { Id, outcome } of tokens) {
      const least = before[Id]?.[outcome] ?? 0;
      const most = least + (late[Id]?.[outcome] ?? 0);
      expect(stored[Id]?.[outcome] ?? 0).toBeGreaterThanOrEqual(least);
      expect(stored[Id]?.[outcome] ?? 0).toBeLessThanOrEqual(most);
    }
  });
});
