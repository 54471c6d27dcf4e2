import { randomUUID } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { type Broker, brokerOf } from "@/e2e/support/broker";
import { signInTo, trySignIn } from "@/e2e/support/signed-in";
import { expect, test } from "@/e2e/support/test";
import { TIME, TOKEN, UUID } from "@/e2e/support/values";

test.describe("broker tenants", () => {
  test("create prints the Tenant and its default token, which the server takes at once", async ({
    api,
    server,
  }) => {
    const entityId = randomUUID();
    const tenant = await server.broker(
      ...["tenants", "create", "--name", "Acme", "--email", "a@b.example"],
      ...["--entity-id", entityId, "--auth-type", "SystemAccessToken"],
    );
    expect(tenant).toMatchObject({
      EntityId: entityId,
      Name: "Acme",
      AuthType: "SystemAccessToken",
      DefaultToken: { JWT: TOKEN, Scopes: ["broker", "tokens:manage"] },
    });
    const { body } = await api("GET", "/up/v5/verify", { token: tenant.DefaultToken.JWT });
    expect(body.EntityId).toBe(entityId);
    const all = await server.broker("tenants", "list");
    expect(all.map(({ EntityId }: { EntityId: string }) => EntityId)).toContain(entityId);
  });

  test("suspend, activate and delete hold from the next call on", async ({
    api,
    server,
    tenant,
  }) => {
    const status = async () => (await api("GET", "/up/v5/verify", { token: tenant.token })).status;
    const { entityId } = tenant;
    expect(await server.broker("tenants", "suspend", entityId)).toMatchObject({ Active: false });
    expect(await status()).toBe(401);
    expect(await server.broker("tenants", "activate", entityId)).toMatchObject({ Active: true });
    expect(await status()).toBe(200);
    expect(await server.broker("tenants", "delete", entityId)).toMatchObject({ Active: false });
    expect(await status()).toBe(401);
    expect(await server.broker.run("tenants", "activate", entityId)).toMatchObject({ status: 1 });
  });
});

test.describe("broker tokens", () => {
  test("issue, list, replace and revoke print token objects, the secret once", async ({
    api,
    server,
    tenant,
  }) => {
    const { broker } = server;
    const { entityId } = tenant;
    const status = async (token: string) => (await api("GET", "/up/v5/verify", { token })).status;
    const args = ["--tenant", entityId, "--name", "ERP", "--scopes", "broker audit:read"];
    const issued = await broker("tokens", "issue", ...args);
    expect(issued).toMatchObject({
      EntityId: entityId,
      Id: UUID,
      Name: "ERP",
      JWT: TOKEN,
      Scopes: ["broker", "audit:read"],
      CreatedAt: TIME,
    });
    const list = await broker("tokens", "list", "--tenant", entityId);
    expect(list.map(({ Name }: { Name: string }) => Name)).toEqual(["ERP", "Default token"]);
    expect(JSON.stringify(list)).not.toContain(issued.JWT);

    const during = await broker("tokens", "replace", issued.Id, "--overlap", "3600");
    expect(during).toMatchObject({ JWT: TOKEN, Replaces: issued.Id, Name: "ERP" });
    expect([await status(issued.JWT), await status(during.JWT)]).toEqual([200, 200]);
    const after = await broker("tokens", "replace", during.Id);
    expect([await status(during.JWT), await status(after.JWT)]).toEqual([401, 200]);
    const revoked = await broker("tokens", "revoke", after.Id);
    expect(revoked).toMatchObject({ Id: after.Id, Status: "Revoked", JWT: null });
    expect(await status(after.JWT)).toBe(401);
  });

  test("--tenant master names the master Tenant, which alone may hold tenants:manage", async ({
    api,
    server,
    tenant,
  }) => {
    const scopes = ["--name", "Operations", "--scopes", "tenants:manage"];
    const { JWT } = await server.broker("tokens", "issue", "--tenant", "master", ...scopes);
    const answer = await api("GET", `/up/v5/entity/${tenant.entityId}`, { token: JWT });
    expect(answer.status).toBe(200);
    const args = ["tokens", "issue", "--tenant", tenant.entityId, ...scopes];
    expect(await server.broker.run(...args)).toMatchObject({ status: 1, stdout: "" });
  });
});

test.describe("broker users", () => {
  test("create prints a random password once; no two are alike", async ({ server, tenant }) => {
    const create = (email: string) =>
      server.broker(
        "users",
        "create",
        "--email",
        email,
        "--tenant",
        tenant.entityId,
        "--role",
        "admin",
      );
    const [one, two] = [
      await create(`one-${randomUUID()}@tenant.example`),
      await create(`two-${randomUUID()}@tenant.example`),
    ];
    for (const { Password } of [one, two]) expect(Password).toMatch(/^\S{16,}$/);
    expect(one.Password).not.toBe(two.Password);
  });

  const newcomer = async ({ broker }: { broker: Broker }) => {
    const email = `${randomUUID()}@tenant.example`;
    const { Password } = await broker("users", "create", "--email", email, "--staff", "support");
    return { email, password: Password as string };
  };

  test("disable ends every session; enable lets in again, but revives none", async ({ server }) => {
    const who = await newcomer(server);
    const session = await signInTo(server.url, who);
    const isIn = async () => (await session.call("GET", "/api/account")).status;
    expect(await isIn()).toBe(200);
    const disabled = await server.broker("users", "disable", who.email);
    expect(disabled).toMatchObject({ Email: who.email, Active: false });
    expect(await isIn()).toBe(401);
    expect((await trySignIn(server.url, who)).answer.status).toBe(401);
    for (const times of ["once", "twice"]) {
      const enabled = await server.broker("users", "enable", who.email);
      expect(enabled, times).toMatchObject({ Email: who.email, Active: true });
    }
    expect(await isIn()).toBe(401);
    await signInTo(server.url, who);
  });

  test("reset-password prints a link that sets a new password, once; the one before is void", async ({
    server,
  }) => {
    const who = await newcomer(server);
    const session = await signInTo(server.url, who);
    const reset = () => server.broker("users", "reset-password", who.email);
    const [old, made] = [await reset(), await reset()];
    expect(made).toEqual({ Email: who.email, Link: expect.any(String), ExpiresAt: TIME });
    const hour = Date.parse(made.ExpiresAt) - Date.now();
    expect(Math.round(hour / 600_000)).toBe(6);
    const link = new URL(made.Link);
    expect(link.origin + link.pathname).toBe(`${server.url}/reset-password`);
    const complete = (url: string, password: string) =>
      session.call("POST", "/api/password-resets/complete", {
        json: { secret: new URL(url).hash.slice(1), password },
      });
    const password = "correct horse battery staple";
    expect((await complete(old.Link, password)).status).toBe(404);
    expect((await complete(made.Link, password)).status).toBe(200);
    expect((await complete(made.Link, password)).status).toBe(404);
    expect((await session.call("GET", "/api/account")).status).toBe(401);
    await signInTo(server.url, { ...who, password });
  });

  test("reset-password refuses a disabled person, in one line", async ({ server }) => {
    const { email } = await newcomer(server);
    await server.broker("users", "disable", email);
    const { status, stdout, stderr } = await server.broker.run("users", "reset-password", email);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^Enable this account first[^\n]*\n$/);
  });

  test("reset-totp turns the second step off: the password is enough again", async ({ server }) => {
    const who = await newcomer(server);
    const session = await signInTo(server.url, who);
    const { password } = who;
    const { body } = await session.call("POST", "/api/account/totp", { json: { password } });
    const secret = Secret.fromBase32(body.secret.replace(/ /g, ""));
    const code = new TOTP({ secret }).generate();
    const confirmed = await session.call("PUT", "/api/account/totp", { json: { code } });
    expect(confirmed.status).toBe(200);
    const refused = await trySignIn(server.url, who);
    expect(refused.answer.text).toContain("second_factor_required");
    const reset = await server.broker("users", "reset-totp", who.email);
    expect(reset).toEqual({ Email: who.email, Totp: false });
    await signInTo(server.url, who);
  });

  test("--help names every verb, with status 0", async ({ server }) => {
    const { status, stdout } = await server.broker.run("users", "--help");
    expect(status).toBe(0);
    for (const verb of ["create", "disable", "enable", "reset-password", "reset-totp"])
      expect(stdout).toMatch(new RegExp(`^ +${verb} .*\\S`, "m"));
  });
});

test.describe("broker says what is wrong", () => {
  const absent = randomUUID();

  for (const [what, args] of [
    ["a Tenant that isn't there", ["tenants", "suspend", absent]],
    ["an id that is none", ["tenants", "suspend", "acme"]],
    ["a token that isn't there", ["tokens", "revoke", absent]],
    ["the tokens of no Tenant", ["tokens", "list", "--tenant", absent]],
    ["a name of nothing", ["tenants", "create", "--name", " ", "--email", "a@b.example"]],
    ["an e-mail address that is none", ["tenants", "create", "--name", "x", "--email", "x"]],
    [
      "a scope that there isn't",
      ["tokens", "issue", "--tenant", "master", "--name", "x", "--scopes", "root"],
    ],
    ["an overlap that is none", ["tokens", "replace", absent, "--overlap", "soon"]],
    ["a person with neither Tenant nor staff role", ["users", "create", "--email", "a@b.example"]],
    ["a person that isn't there", ["users", "disable", "nobody@b.example"]],
    ["nobody to enable", ["users", "enable", "nobody@b.example"]],
    ["nobody's password", ["users", "reset-password", "nobody@b.example"]],
    ["nobody's second step", ["users", "reset-totp", "nobody@b.example"]],
    ["an address that is none", ["users", "enable", "nobody"]],
  ] as const) {
    test(`in one line and status 1 for ${what}`, async ({ server }) => {
      const { status, stdout, stderr } = await server.broker.run(...args, "--json");
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/^\S[^\n]+\n$/);
    });
  }

  for (const [what, args] of [
    ["no such noun", ["planets", "list"]],
    ["no such verb", ["tenants", "paint"]],
    ["a missing option", ["tenants", "create", "--name", "x"]],
    ["an option that there isn't", ["tenants", "list", "--colour"]],
    ["a missing argument", ["tokens", "revoke"]],
    ["a missing person", ["users", "reset-password"]],
  ] as const) {
    test(`with status 2 for ${what}`, async ({ server }) => {
      const { status, stdout, stderr } = await server.broker.run(...args, "--json");
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).not.toBe("");
    });
  }

  test("with status 1 when the database can't be reached, without its password", async ({
    server,
  }) => {
    const DATABASE_URL = "postgres://broker:hunter2secret@127.0.0.1:9/none";
    const broken = brokerOf({ ...server.env, DATABASE_URL });
    const { status, stderr } = await broken.run("tenants", "list", "--json");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\S[^\n]+\n$/);
    expect(stderr).not.toContain("hunter2secret");
  });
});
