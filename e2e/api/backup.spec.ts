import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { brokerOf } from "@/e2e/support/broker";
import { apiOf } from "@/e2e/support/call";
import { createDatabase, dropDatabase, query } from "@/e2e/support/database";
import { test as oauth, postOf } from "@/e2e/support/oauth";
import { startServer } from "@/e2e/support/server";
import { signInTo, trySignIn } from "@/e2e/support/signed-in";
import { expect } from "@/e2e/support/test";

/** A server that keeps a journal of revocations, and a folder for backups. */
const test = oauth.extend<{ folder: string; elsewhere: string }, { journal: string }>({
  journal: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "servicebroker-journal-"));
      await use(join(folder, "revocations.ndjson"));
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  server: [
    async ({ journal }, use) => {
      const server = await startServer({ env: { BROKER_REVOCATION_JOURNAL: journal } });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "servicebroker-backup-"));
    await use(folder);
    await rm(folder, { recursive: true });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  elsewhere: async ({}, use) => {
    const url = await createDatabase();
    await use(url);
    await dropDatabase(url);
  },
});

const grant = { grant_type: "client_credentials" };

test.describe("A restored backup", () => {
  test("brings back nothing that was revoked after it, and all the rest", async ({
    server,
    api,
    provision,
    issue,
    createClient,
    jwtOf,
    masterToken,
    journal,
    folder,
    elsewhere,
  }) => {
    test.setTimeout(180_000);
    const { broker } = server;
    const file = join(folder, "broker.backup");
    const tenant = await provision();
    const [revoked, inactive, replaced, ending, kept] = [
      await issue(tenant),
      await issue(tenant),
      await issue(tenant),
      await issue(tenant),
      await issue(tenant),
    ];
    const [suspended, switched, back] = [await provision(), await provision(), await provision()];
    const [gone, retired, good] = [
      await createClient(tenant),
      await createClient(tenant),
      await createClient(tenant),
    ];
    const [jwtOfGone, jwtRevoked, jwtKept] = [
      await jwtOf(gone),
      await jwtOf(good),
      await jwtOf(good),
    ];
    const person = async (role = "admin") => {
      const email = `${randomBytes(5).toString("hex")}@people.example`;
      const args = ["--email", email, "--tenant", tenant.entityId, "--role", role];
      return { email, password: (await broker("users", "create", ...args)).Password as string };
    };
    const [disabled, removed, demoted, changed, admin] = [
      await person(),
      await person(),
      await person(),
      await person(),
      await person(),
    ];
    const session = await signInTo(server.url, admin);

    const made = await broker("backup", file);
    expect(made).toMatchObject({ File: file, Rows: expect.any(Number) });
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const manage = { token: tenant.token };
    const token = (id: string, rest = "") => `/up/v5/entityToken/${id}${rest}`;
    const done = async (call: ReturnType<typeof api>) => expect((await call).status).toBe(200);
    await done(api("DELETE", token(revoked.Id), manage));
    await done(api("PUT", token(inactive.Id), { ...manage, json: { Active: false } }));
    await done(
      api("POST", token(replaced.Id, "/replace"), { ...manage, json: { OverlapSeconds: 0 } }),
    );
    await done(
      api("POST", token(ending.Id, "/replace"), { ...manage, json: { OverlapSeconds: 900 } }),
    );
    await broker("tenants", "suspend", suspended.entityId);
    await broker("tenants", "suspend", back.entityId);
    await broker("tenants", "activate", back.entityId);
    const authType = { token: masterToken, json: { AuthType: "JWT" } };
    await done(api("PUT", `/up/v5/entity/${switched.entityId}`, authType));
    await done(api("DELETE", `/up/v5/entityClient/${gone.ClientId}`, manage));
    const secrets = `/up/v5/entityClient/${retired.ClientId}/secrets`;
    await done(api("POST", secrets, manage));
    await done(api("DELETE", `${secrets}/${retired.ClientSecretId}`, manage));
    await done(postOf(api)("/oauth2/revoke", { token: jwtRevoked }, good));
    await broker("users", "disable", disabled.email);
    const { body: people } = await session.call("GET", `/api/tenants/${tenant.entityId}/members`);
    const member = ({ email }: { email: string }) => {
      const { userId } = people.members.find((row: { email: string }) => row.email === email);
      return `/api/tenants/${tenant.entityId}/members/${userId}`;
    };
    await done(session.call("DELETE", member(removed)));
    await done(session.call("PATCH", member(demoted), { json: { role: "viewer" } }));
    const own = await signInTo(server.url, changed);
    const next = "correct horse battery staple";
    const passwords = { current: changed.password, next };
    await done(own.call("PUT", "/api/account/password", { json: passwords }));

    const env = { ...server.env, DATABASE_URL: elsewhere };
    const restored = await brokerOf(env)("restore", file, "--revocations", journal);
    expect(restored).toMatchObject({ At: made.At, Rows: made.Rows, Revoked: null });
    expect(restored.Replayed).toBeGreaterThanOrEqual(13);

    const after = await startServer({
      database: elsewhere,
      env: {
        BROKER_SECRET_KEY: server.env.BROKER_SECRET_KEY,
        BROKER_AUDIENCE: server.env.BROKER_PUBLIC_URL,
      },
    });
    const there = apiOf(after.url);
    const status = async (bearer: string) =>
      (await there("GET", "/up/v5/verify", { token: bearer })).status;
    const refused = {
      "revoked token": revoked.JWT,
      "deactivated token": inactive.JWT,
      "replaced token": replaced.JWT,
      "token of a suspended Tenant": suspended.token,
      "token of a Tenant that was activated again": back.token,
      "token after AuthType became JWT": switched.token,
      "JWT of a revoked client": jwtOfGone,
      "revoked JWT": jwtRevoked,
    };
    for (const [what, bearer] of Object.entries(refused))
      expect(await status(bearer), what).toBe(401);
    for (const bearer of [kept.JWT, ending.JWT, tenant.token])
      expect(await status(bearer)).toBe(200);
    const { body: still } = await there("GET", token(ending.Id), manage);
    expect(Date.parse(still.RevokeAt)).toBeGreaterThan(Date.now());
    const asked = async (by: typeof good) =>
      (await postOf(there)("/oauth2/token", grant, by)).status;
    expect([await asked(gone), await asked(retired), await asked(good)]).toEqual([401, 401, 200]);
    const jwt = await query(elsewhere, (sql) => sql`select 1 from revoked_jwts`);
    expect(jwt.length).toBeGreaterThan(0);
    expect(jwtKept).not.toBe(jwtRevoked);

    const isIn = async (who: typeof admin) => (await trySignIn(after.url, who)).answer.status;
    expect(await isIn(disabled)).toBe(401);
    expect([await isIn(changed), await isIn({ ...changed, password: next })]).toEqual([401, 401]);
    const tenantPath = `/api/tenants/${tenant.entityId}`;
    const outsider = await signInTo(after.url, removed);
    expect((await outsider.call("GET", tenantPath)).status).toBe(404);
    const viewer = await signInTo(after.url, demoted);
    expect((await viewer.call("GET", tenantPath)).status).toBe(200);
    const invite = { json: { email: "x@people.example", role: "viewer" } };
    expect((await viewer.call("POST", `${tenantPath}/invitations`, invite)).status).toBe(403);
    const cookie = [...session.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const old = await there("GET", "/api/account", { headers: { Cookie: cookie } });
    expect(old.status).toBe(401);
    expect(await isIn(admin)).toBe(200);

    expect(await after.broker("audit", "verify")).toMatchObject({ Ok: true, FirstBad: null });
    expect(await after.stop()).toBe(0);
  });

  test("is row by row what was backed up, hostile text included; sessions and links are left out", async ({
    server,
    tenant,
    issue,
    folder,
    elsewhere,
  }) => {
    const name = 'tab\t \\N \\. "quoted" ‮ 🦊 =HYPERLINK("x")'.replace("\t", " ");
    await issue(tenant, { Name: name });
    await server.broker("tokens", "issue", "--tenant", tenant.entityId, "--name", "\\.");
    // Enough that neither reader nor writer keeps pace by chance.
    await query(
      server.databaseUrl,
      (sql) => sql`
        insert into tokens (id, tenant_id, name, token_hash, hint, scopes)
        select gen_random_uuid(), ${tenant.entityId}, 'Many ' || i, sha256(i::text::bytea), 'hint', '{broker}'
        from generate_series(1, 50000) i`,
    );
    const file = join(folder, "broker.backup");
    await server.broker("backup", file);
    const empty = join(folder, "none.ndjson");
    await writeFile(empty, "");
    const env = { ...server.env, DATABASE_URL: elsewhere, BROKER_REVOCATION_JOURNAL: "" };
    await brokerOf(env)("restore", file, "--revocations", empty);
    const rows = (url: string) =>
      query(url, async (sql) => {
        const tables = ["tenants", "tokens", "clients", "client_secrets", "users", "signing_keys"];
        const all = tables.map(
          (table) => sql`select t::text as row from ${sql(table)} t order by 1`,
        );
        const events = sql`
          select e::text as row from audit_events e
          where action not like 'database.%' and action <> 'user.signed-in' order by 1`;
        return Promise.all([...all, events]);
      });
    const [before, after] = [await rows(server.databaseUrl), await rows(elsewhere)];
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).toContain("🦊");
    for (const table of ["sessions", "one_time_links"])
      expect(await query(elsewhere, (sql) => sql`select 1 from ${sql(table)}`)).toHaveLength(0);
  });

  test("by --revoke-all has no credential and nobody that gets in, until somebody lets them", async ({
    server,
    tenant,
    createClient,
    folder,
    elsewhere,
  }) => {
    const client = await createClient(tenant);
    const email = `${randomBytes(5).toString("hex")}@people.example`;
    const args = ["users", "create", "--email", email, "--staff", "operator"];
    const { Password: password } = await server.broker(...args);
    const file = join(folder, "broker.backup");
    await server.broker("backup", file);
    const broker = brokerOf({ ...server.env, DATABASE_URL: elsewhere });
    const { Revoked, Replayed } = await broker("restore", file, "--revoke-all");
    expect(Replayed).toBeNull();
    for (const what of ["Tokens", "Clients", "People"]) expect(Revoked[what]).toBeGreaterThan(0);
    const after = await startServer({
      database: elsewhere,
      env: { BROKER_SECRET_KEY: server.env.BROKER_SECRET_KEY },
    });
    const there = apiOf(after.url);
    expect((await there("GET", "/up/v5/verify", { token: tenant.token })).status).toBe(401);
    expect((await postOf(there)("/oauth2/token", grant, client)).status).toBe(401);
    expect((await trySignIn(after.url, { email, password })).answer.status).toBe(401);
    await after.broker("users", "enable", email);
    expect((await trySignIn(after.url, { email, password })).answer.status).toBe(200);
    expect(await after.broker("audit", "verify")).toMatchObject({ Ok: true });
    expect(await after.stop()).toBe(0);
  });
});

test.describe("broker restore refuses, and leaves the database as it was,", () => {
  const isEmpty = (url: string) =>
    query(url, async (sql) => (await sql`select 1 from tenants`).length === 0);

  test("a restore that doesn't say what becomes of later revocations", async ({
    server,
    folder,
    elsewhere,
  }) => {
    const file = join(folder, "broker.backup");
    await server.broker("backup", file);
    const broker = brokerOf({ ...server.env, DATABASE_URL: elsewhere });
    for (const options of [[], ["--revoke-all", "--revocations", file]]) {
      const { status, stdout, stderr } = await broker.run("restore", file, ...options);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain("--revoke-all");
    }
    expect(await isEmpty(elsewhere)).toBe(true);
  });

  test("a file that is damaged, cut off, of another release or none of ours", async ({
    server,
    folder,
    elsewhere,
  }) => {
    test.setTimeout(180_000);
    const file = join(folder, "broker.backup");
    await server.broker("backup", file);
    const packed = await readFile(file);
    const lines = gunzipSync(packed).toString("latin1").split("\n");
    const changed = (at: number, line: string) =>
      gzipSync(Buffer.from(lines.with(at, line).join("\n"), "latin1"));
    const flipped = Buffer.from(packed);
    flipped[packed.length >> 1] = (flipped[packed.length >> 1] as number) ^ 0x10;
    const row = lines.findIndex((line) => line.includes("it@tenant.example"));
    const bad = {
      "a bit flipped": flipped,
      "cut off": packed.subarray(0, packed.length >> 1),
      "a line gone": gzipSync(Buffer.from(lines.toSpliced(3, 1).join("\n"), "latin1")),
      "a row edited": changed(row < 0 ? 3 : row, "edited"),
      "no backup": Buffer.from("hello"),
      empty: Buffer.alloc(0),
    };
    const broker = brokerOf({ ...server.env, DATABASE_URL: elsewhere });
    for (const [what, content] of Object.entries(bad)) {
      const name = join(folder, what.replaceAll(" ", "-"));
      await writeFile(name, content);
      const { status, stdout, stderr } = await broker.run("restore", name, "--revoke-all");
      expect({ status, stdout }, what).toEqual({ status: 1, stdout: "" });
      expect(stderr, what).toMatch(/^\S[^\n]*backup[^\n]*\n$/);
    }
    await query(
      elsewhere,
      (sql) => sql`
      insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
    );
    const { status, stderr } = await broker.run("restore", file, "--revoke-all");
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/older release/),
    });
    expect(await isEmpty(elsewhere)).toBe(true);
  });

  test("another secret key, a database in use, a journal that is none; backup an existing file", async ({
    server,
    folder,
    elsewhere,
  }) => {
    const file = join(folder, "broker.backup");
    await server.broker("backup", file);
    const again = await server.broker.run("backup", file);
    expect(again).toMatchObject({ status: 1, stdout: "" });
    expect(again.stderr).toContain("is there already");

    const env = { ...server.env, DATABASE_URL: elsewhere };
    const BROKER_SECRET_KEY = randomBytes(32).toString("base64");
    const wrong = await brokerOf({ ...env, BROKER_SECRET_KEY }).run(
      "restore",
      file,
      "--revoke-all",
    );
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain("BROKER_SECRET_KEY is not the one");
    const noJournal = await brokerOf(env).run("restore", file, "--revocations", file);
    expect(noJournal.status).toBe(1);
    expect(noJournal.stderr).toContain("no entry of a revocation journal");
    expect(await isEmpty(elsewhere)).toBe(true);
    const full = await server.broker.run("restore", file, "--revoke-all");
    expect(full).toMatchObject({ status: 1, stdout: "" });
    expect(full.stderr).toContain("not empty");
  });
});

test("A revocation is in the journal before it is acknowledged, and never a secret", async ({
  server,
  api,
  tenant,
  issue,
  journal,
}) => {
  const token = await issue(tenant);
  await api("DELETE", `/up/v5/entityToken/${token.Id}`, { token: tenant.token });
  const text = await readFile(journal, "utf8");
  const line = text.split("\n").find((entry) => entry.includes(token.Id)) as string;
  expect(JSON.parse(line)).toEqual({
    at: expect.any(String),
    tenantId: tenant.entityId,
    action: "token.revoked",
    id: token.Id,
  });
  expect((await stat(journal)).mode & 0o777).toBe(0o600);
  for (const secret of [token.JWT, tenant.token]) expect(text).not.toContain(secret);
  expect(server.logs()).not.toContain("not in the journal");
});
