import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Api, apiOf } from "@/e2e/support/call";
import { createDatabase, dropDatabase, query } from "@/e2e/support/database";
import { ensureProgram } from "@/e2e/support/program";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

test("a clock an hour off changes nothing for System Access Tokens and JWTs, nor the order of the audit log", async () => {
  test.setTimeout(180_000);
  const program = await ensureProgram("faketime", "faketime");
  test.skip("missing" in program, "missing" in program ? program.missing : "");
  const database = await createDatabase();
  const shared = {
    BROKER_SECRET_KEY: randomBytes(32).toString("base64"),
    BROKER_PUBLIC_URL: "http://broker.example",
    BROKER_AUDIENCE: "http://broker.example",
  };
  const offBy = (hours: string) => ({
    ...shared,
    LD_PRELOAD: libraryOf(),
    FAKETIME: `${hours}h`,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    DONT_FAKE_MONOTONIC: "1",
  });
  const right = await startServer({ database, env: shared });
  const servers = [right];
  for (const hours of ["+1", "-1"])
    servers.push(await startServer({ database, env: offBy(hours) }));
  const apis = servers.map(({ url }) => apiOf(url)) as [Api, Api, Api];
  for (const [at, hours] of [0, 1, -1].entries()) {
    const { headers } = await (apis[at] as Api)("GET", "/healthz");
    const off = (Date.parse(headers.get("date") as string) - Date.now()) / 3_600_000;
    expect(Math.round(off) + 0).toBe(hours);
  }

  const args = ["--name", "Clock", "--email", "it@tenant.example"];
  const made = await right.broker("tenants", "create", ...args);
  const token = made.DefaultToken.JWT as string;
  const verifies = (bearer: string) =>
    Promise.all(
      apis.map(async (api) => (await api("GET", "/up/v5/verify", { token: bearer })).status),
    );
  expect(await verifies(token)).toEqual([200, 200, 200]);

  for (const api of apis) {
    const issued = await api("POST", "/up/v5/entityToken", { token, json: { Name: "System" } });
    const path = `/up/v5/entityToken/${issued.body.Id}/replace`;
    const json = { OverlapSeconds: 3 };
    expect((await api("POST", path, { token, json })).status).toBe(200);
    expect(await verifies(issued.body.JWT)).toEqual([200, 200, 200]);
    await sleep(3_200);
    expect(await verifies(issued.body.JWT)).toEqual([401, 401, 401]);

    const client = await api("POST", "/up/v5/entityClient", { token, json: { Name: "Client" } });
    const jwt = await api("POST", "/up/v5/oauth2/accessToken", {
      json: {
        ClientId: client.body.ClientId,
        ClientSecret: client.body.ClientSecret,
        GrantType: "ClientCredentials",
        ExpiresInSeconds: 600,
      },
    });
    expect(await verifies(jwt.body.access_token)).toEqual([200, 200, 200]);
  }

  const order = await query(
    database,
    (sql) => sql`
      select sequence, occurred_at from audit_events
      where tenant_id = ${made.EntityId} order by sequence`,
  );
  const times = order.map(({ occurred_at }) => (occurred_at as Date).getTime());
  expect(times.length).toBeGreaterThan(9);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  for (const time of times) expect(Math.abs(time - Date.now())).toBeLessThan(600_000);
  expect(await right.broker("audit", "verify")).toMatchObject({ Ok: true });
  for (const server of servers) expect(await server.stop()).toBe(0);
  await dropDatabase(database);
});

/** Where Debian puts it, whatever the machine's architecture. */
function libraryOf(): string {
  const folders = readdirSync("/usr/lib").map((name) => `/usr/lib/${name}/faketime`);
  return (
    folders.map((folder) => `${folder}/libfaketime.so.1`).find((file) => existsSync(file)) ?? ""
  );
}
