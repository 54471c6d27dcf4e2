import { randomBytes, randomUUID } from "node:crypto";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { apiOf } from "@/e2e/support/call";
import { createDatabase, dropDatabase, query } from "@/e2e/support/database";
import { expect, partsOf, postOf, type TestClient, test } from "@/e2e/support/oauth";
import { startServer, type TestServer } from "@/e2e/support/server";

const grant = { grant_type: "client_credentials" };
const kidsOf = (keys: { Kid: string; State: string }[], state: string) =>
  keys.filter((key) => key.State === state).map((key) => key.Kid);

/** A client of the master Tenant, and how to get its JWTs from some instance. */
async function clientOn({ broker }: TestServer) {
  const made: TestClient = await broker(
    "clients",
    "create",
    "--tenant",
    "master",
    "--name",
    "Keys",
  );
  return async (url: string): Promise<string> => {
    const { body, text } = await postOf(apiOf(url))("/oauth2/token", grant, made);
    if (!body.access_token) throw new Error(text);
    return body.access_token;
  };
}

test.describe("a rotation of signing keys", () => {
  test("waits until no cache can lack the next key; then every instance follows without a restart and no JWT is refused", async () => {
    const database = await createDatabase();
    const one = await startServer({ database, env: { BROKER_HOUSEKEEPING_SECONDS: "1" } });
    const secret = { BROKER_SECRET_KEY: one.env.BROKER_SECRET_KEY, BROKER_PUBLIC_URL: one.url };
    const two = await startServer({ database, env: secret });
    const instances = [one.url, two.url];
    const jwtFrom = await clientOn(one);
    const statusOf = async (url: string, token: string) =>
      (await apiOf(url)("GET", "/up/v5/verify", { token })).status;
    const expectGood = async (token: string) => {
      for (const url of instances) expect(await statusOf(url, token)).toBe(200);
    };

    const before = await one.broker("keys", "list");
    const [current] = kidsOf(before, "current");
    const [next] = kidsOf(before, "next");
    expect(before).toHaveLength(2);
    const early = await jwtFrom(one.url);
    expect(partsOf(early).header.kid).toBe(current);
    await expectGood(early);

    // Just published: it is to sign later, and `rotate` says when.
    const told = await one.broker.run("keys", "rotate");
    expect(told.stdout).toMatch(/takes over at 20\d\d-/);
    const planned = await one.broker("keys", "list");
    const plan = planned.find(({ Kid }: { Kid: string }) => Kid === next);
    expect(plan.State).toBe("next");
    expect(Date.parse(plan.SignsFrom) - Date.parse(plan.CreatedAt)).toBeGreaterThan(300_000);

    // A resource server reads the key set before the rotation, and keeps it.
    const keys = createRemoteJWKSet(new URL(`${one.url}/.well-known/jwks.json`));
    const resourceServer = (jwt: string) =>
      jwtVerify(jwt, keys, { issuer: one.url, audience: one.url, typ: "at+jwt" });
    await resourceServer(early);

    await query(
      database,
      (sql) => sql`update signing_keys set created_at = created_at - interval '1 hour'`,
    );
    const rotated = await one.broker("keys", "rotate");
    expect(kidsOf(rotated, "current")).toEqual([next]);
    expect(kidsOf(rotated, "previous")).toEqual([current]);
    expect(kidsOf(rotated, "next")).toHaveLength(1);

    for (const url of instances) {
      await expect
        .poll(
          async () => {
            const jwt = await jwtFrom(url);
            await expectGood(jwt);
            await resourceServer(jwt);
            return partsOf(jwt).header.kid;
          },
          { timeout: 30_000, intervals: [500] },
        )
        .toBe(next);
    }
    await expectGood(early);
    await resourceServer(early);
    const { body: jwks } = await apiOf(two.url)("GET", "/.well-known/jwks.json");
    expect(jwks.keys.map(({ kid }: { kid: string }) => kid).sort()).toEqual(
      rotated.map(({ Kid }: { Kid: string }) => Kid).sort(),
    );

    // Its last JWT has expired: the clean-up takes it away.
    await query(
      database,
      (sql) =>
        sql`update signing_keys set published_until = now() - interval '1 second' where kid = ${current as string}`,
    );
    await expect
      .poll(async () => (await one.broker("keys", "list")).map(({ Kid }: { Kid: string }) => Kid), {
        timeout: 30_000,
      })
      .not.toContain(current);
    await two.stop();
    await one.stop();
    await dropDatabase(database);
  });

  test("by age makes the next key sign and another follow it", async () => {
    const server = await startServer({ env: { BROKER_HOUSEKEEPING_SECONDS: "1" } });
    const before = await server.broker("keys", "list");
    const [next] = kidsOf(before, "next");
    expect(Date.parse(before[1].SignsFrom) - Date.parse(before[0].SignsFrom)).toBe(90 * 86_400_000);
    await query(
      server.databaseUrl,
      (sql) =>
        sql`update signing_keys set created_at = created_at - interval '91 days', signs_from = signs_from - interval '91 days', signs_until = signs_until - interval '91 days', published_until = published_until - interval '91 days'`,
    );
    await expect
      .poll(async () => {
        const rows = await query(
          server.databaseUrl,
          (sql) => sql`select kid from signing_keys where signs_from > now() + interval '80 days'`,
        );
        return rows.length;
      })
      .toBe(1);
    expect(kidsOf(await server.broker("keys", "list"), "current")).toEqual([next]);
    await server.stop();
  });
});

test.describe("broker keys rekey", () => {
  test("carries signing keys over to another secret key, JWTs and all", async () => {
    const database = await createDatabase();
    const before = await startServer({ database });
    const jwtFrom = await clientOn(before);
    const early = await jwtFrom(before.url);
    await before.stop();
    const fresh = {
      BROKER_SECRET_KEY: randomBytes(32).toString("base64"),
      BROKER_PUBLIC_URL: before.url,
    };

    const wrong = await startServer({ database, env: fresh });
    await expect(jwtFrom(wrong.url)).rejects.toThrow(/server_error/);
    await expect.poll(() => wrong.logs()).toMatch(/keys rekey/);
    const missing = await wrong.broker.run("keys", "rekey");
    expect(missing).toMatchObject({ status: 1, stdout: "" });
    await wrong.stop();

    const old = before.env.BROKER_SECRET_KEY;
    const after = await startServer({ database, env: { ...fresh, BROKER_SECRET_KEY_OLD: old } });
    const keys = await after.broker("keys", "rekey");
    expect(JSON.stringify(keys)).not.toMatch(/"d"|PRIVATE/);
    const late = await jwtFrom(after.url);
    for (const token of [early, late]) {
      expect((await apiOf(after.url)("GET", "/up/v5/verify", { token })).status).toBe(200);
    }
    await after.stop();
    await dropDatabase(database);
  });
});

test.describe("JWTs in the database", () => {
  test("10,000 leave nothing but counters, and one row for the revoked until it has expired", async () => {
    test.setTimeout(180_000);
    const server = await startServer({ env: { BROKER_HOUSEKEEPING_SECONDS: "1" } });
    const api = apiOf(server.url);
    const client: TestClient = await server.broker(
      ...["clients", "create", "--tenant", "master", "--name", "Busy"],
    );
    const post = postOf(api);
    const rows = () =>
      query(server.databaseUrl, async (sql) => {
        const tables = await sql<{ name: string }[]>`
          select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
        const counted = await Promise.all(
          tables.map(async ({ name }) => {
            const [row] = await sql<
              { rows: number }[]
            >`select count(*)::int as rows from ${sql(name)}`;
            return [name, row?.rows ?? 0] as const;
          }),
        );
        return Object.fromEntries(
          counted.filter(([name]) => !/usage|last_uses|refusals|audit_checkpoints/.test(name)),
        );
      });
    await post("/oauth2/token", grant, client);
    const before = await rows();
    const issue = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const { status } = await post("/oauth2/token", grant, client);
        if (status !== 200) throw new Error(`POST /oauth2/token answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: 50 }, () => issue(200)));
    expect(await rows()).toEqual(before);

    const { body } = await post("/oauth2/token", grant, client);
    const revoked = { token: body.access_token };
    expect((await post("/oauth2/revoke", revoked, client)).status).toBe(200);
    const jtis = async () => {
      const found = await query(server.databaseUrl, (sql) => sql`select jti from revoked_jwts`);
      return found.map(({ jti }) => jti);
    };
    const { jti } = partsOf(body.access_token).payload;
    expect(await jtis()).toEqual([jti]);
    const old = randomUUID();
    await query(
      server.databaseUrl,
      (sql) =>
        sql`insert into revoked_jwts (jti, tenant_id, expires_at) select ${old}::uuid, tenant_id, now() - interval '2 minutes' from revoked_jwts`,
    );
    await expect.poll(jtis).toEqual([jti]);
    expect((await api("GET", "/up/v5/verify", { token: body.access_token })).status).toBe(401);
    await server.stop();
  });
});
