import { apiOf } from "@/e2e/support/call";
import { createDatabase, dropDatabase, query } from "@/e2e/support/database";
import { serverEnv, startServer, watch } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

/** Starts what `npm start` starts with settings that can't work; answers how it ended. */
async function startWith(env: Record<string, string | undefined>) {
  const { ended, output } = watch(["bin/run.mjs", "start"], {
    ...serverEnv("postgres://nobody@127.0.0.1:9/none", 0),
    ...env,
  } as NodeJS.ProcessEnv);
  return { status: await ended, output: output() };
}

test.describe("npm start refuses to run", () => {
  for (const [what, env, said] of [
    ["with a database but no secret key", { BROKER_SECRET_KEY: undefined }, /BROKER_SECRET_KEY/],
    ["with a secret key of few bytes", { BROKER_SECRET_KEY: "c2hvcnQ=" }, /BROKER_SECRET_KEY/],
    ["with a secret key that is a pattern", { BROKER_SECRET_KEY: "ab".repeat(32) }, /SECRET_KEY/],
    ["with a secret key that is a word", { BROKER_SECRET_KEY: "change me!" }, /BROKER_SECRET_KEY/],
    ["with a port that is none", { PORT: "http" }, /\bPORT\b/],
    ["with a database of another kind", { DATABASE_URL: "mysql://a@b/c" }, /DATABASE_URL/],
    ["with a public URL that is none", { BROKER_PUBLIC_URL: "example" }, /BROKER_PUBLIC_URL/],
    ["with a demo that is neither on nor off", { BROKER_DEMO: "maybe" }, /BROKER_DEMO/],
    ["with a log level that there isn't", { LOG_LEVEL: "loud" }, /LOG_LEVEL/],
  ] as const) {
    test(`${what}, and names the setting`, async () => {
      const { status, output } = await startWith(env);
      expect(output).toMatch(said);
      expect(output).not.toMatch(/^\s+at /m);
      expect(status).toBe(1);
    });
  }

  test("and names every setting that is wrong at once, none by its value", async () => {
    const { output } = await startWith({ PORT: "http", LOG_LEVEL: "loud", BROKER_DEMO: "maybe" });
    for (const name of ["PORT", "LOG_LEVEL", "BROKER_DEMO"]) expect(output).toContain(name);
  });

  test("with a database that can't be reached, and does not print its password", async () => {
    const url = "postgres://broker:hunter2secret@127.0.0.1:9/none";
    const { status, output } = await startWith({ DATABASE_URL: url });
    expect(output).toMatch(/database/i);
    expect(output).not.toContain("hunter2secret");
    expect(status).toBe(1);
  });
});

test.describe("ten npm start at once on one empty database", () => {
  test("are all ready, and each migration ran once", async () => {
    test.setTimeout(300_000);
    const database = await createDatabase("template0");
    const servers = await Promise.all(Array.from({ length: 10 }, () => startServer({ database })));
    for (const { url } of servers) {
      expect(await apiOf(url)("GET", "/readyz")).toMatchObject({ status: 200 });
    }
    const { migrations, masters, provisioned } = await query(database, async (sql) => ({
      migrations:
        await sql`select hash, count(*)::int from drizzle.__drizzle_migrations group by 1`,
      masters: await sql`select id from tenants where is_master`,
      provisioned: await sql`select action from audit_events where action = 'tenant.provisioned'`,
    }));
    const statuses = await Promise.all(servers.map((server) => server.stop()));
    await dropDatabase(database);
    expect(migrations.length).toBeGreaterThan(0);
    expect(migrations.map(({ count }) => count)).toEqual(migrations.map(() => 1));
    expect(masters).toHaveLength(1);
    expect(provisioned).toHaveLength(1);
    expect(statuses).toEqual(servers.map(() => 0));
  });
});

test.describe("the first start", () => {
  test("makes the demo Tenant and prints once how to get in; a later one prints neither", async () => {
    const database = await createDatabase();
    const first = await startServer({ database, env: { BROKER_DEMO: "on" } });
    await expect.poll(first.logs).toContain("/up/v5/verify");
    const printed = first.logs();
    const line = printed.match(/curl -H "Authorization: Bearer (\S+)" (\S+)/);
    const [, token, url = ""] = line ?? [];
    const verified = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    expect(await verified.json()).toMatchObject({ Active: true, Name: "Default token" });
    const tenants = await first.broker("tenants", "list");
    const acme = tenants.find(({ Name }: { Name: string }) => Name === "Acme Field Services");
    const names = (await first.broker("tokens", "list", "--tenant", acme.EntityId)).map(
      ({ Name }: { Name: string }) => Name,
    );
    expect(names.join()).toMatch(/ServiceScheduling/);
    expect(names.join()).toMatch(/ServiceMobility/);
    expect(names).toHaveLength(4);
    for (const role of [/admin of Acme/, /viewer of Acme/, /support/, /operator/]) {
      expect(printed).toMatch(role);
    }
    await first.stop();

    const second = await startServer({ database, env: { BROKER_DEMO: "on" } });
    await expect.poll(second.logs).toContain(second.url);
    await second.stop();
    await dropDatabase(database);
    expect(second.logs()).not.toMatch(/sbat_|Sign in|admin@/);
  });
});

test.describe("a running server", () => {
  test("ends with status 0 on SIGTERM and leaves no process and no connection", async () => {
    const database = await createDatabase();
    const server = await startServer({ database });
    await apiOf(server.url)("GET", "/up/v5/verify");
    expect(await server.stop()).toBe(0);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    const others = await query(
      database,
      (sql) =>
        sql`select application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await dropDatabase(database);
    expect([...others]).toEqual([]);
  });

  test("logs JSON lines, and never a token that it was sent or has issued", async () => {
    const server = await startServer({ env: { LOG_LEVEL: "trace" } });
    const api = apiOf(server.url);
    const { JWT } = await server.broker(
      ...["tokens", "issue", "--tenant", "master", "--name", "Logs"],
      ...["--scopes", "broker tokens:manage"],
    );
    const issued = await api("POST", "/up/v5/entityToken", {
      token: JWT,
      json: { Name: "Another" },
    });
    const wrong = `${JWT.slice(0, -1)}!`;
    await api("GET", `/up/v5/verify?access_token=${JWT}`, { token: wrong });
    await api("POST", "/up/v5/entityToken", { token: JWT, json: { Name: JWT.repeat(3) } });
    await api("GET", `/up/v5/entityToken/${JWT}`, { token: JWT });
    await server.stop();
    for (const secret of [JWT, wrong, issued.body.JWT]) {
      expect(server.logs()).not.toContain(secret.slice(5, 48));
    }
    const lines = server
      .logs()
      .split("\n")
      .filter((line) => line.startsWith("{"));
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });
});
