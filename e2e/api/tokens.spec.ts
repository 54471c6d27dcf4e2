import { randomUUID } from "node:crypto";
import { apiOf } from "@/e2e/support/call";
import { expectError, shape } from "@/e2e/support/expect-error";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";
import { BAD_NAMES, TIME, TOKEN, UUID } from "@/e2e/support/values";
import { isWellFormed } from "@/lib/credentials/secret-format";

const TOKENS = "/up/v5/entityToken";

test.describe("POST /up/v5/entityToken", () => {
  test("200 with the whole object, and the token in JWT this once", async ({ api, tenant }) => {
    const { token, entityId } = tenant;
    const { status, body, headers } = await api("POST", TOKENS, {
      token,
      json: { Name: "  ServiceMobility " },
    });
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({
      EntityId: entityId,
      Id: UUID,
      Name: "ServiceMobility",
      JWT: TOKEN,
      Active: true,
      Hint: `sbat_…${body.JWT.slice(-4)}`,
      Scopes: ["broker"],
      Status: "Active",
      CreatedAt: TIME,
      LastUsedAt: null,
      RevokeAt: null,
      RevokedAt: null,
      Replaces: null,
      ReplacedBy: null,
    });
    expect(isWellFormed(body.JWT, "sbat_")).toBe(true);
    const later = await api("GET", `${TOKENS}/${body.Id}`, { token });
    expect(later.body).toEqual({ ...body, JWT: null });
  });

  test("no two tokens are alike", async ({ issue, tenant }) => {
    const issued = await Promise.all(Array.from({ length: 20 }, () => issue(tenant)));
    expect(new Set(issued.map(({ JWT }) => JWT)).size).toBe(20);
    expect(new Set(issued.map(({ Id }) => Id)).size).toBe(20);
  });

  test("an inactive token is refused until it is activated", async ({ api, tenant, issue }) => {
    const { Id, JWT, ...rest } = await issue(tenant, { Active: false });
    expect(rest).toMatchObject({ Active: false, Status: "Inactive" });
    expect(await api("GET", "/up/v5/verify", { token: JWT })).toMatchObject({ status: 401 });
    await api("PUT", `${TOKENS}/${Id}`, { token: tenant.token, json: { Active: true } });
    expect(await api("GET", "/up/v5/verify", { token: JWT })).toMatchObject({ status: 200 });
  });

  test("gives the scopes that were asked for, once each and in their order", async ({
    tenant,
    issue,
  }) => {
    const Scopes = ["tokens:manage", "broker", "tokens:read", "broker"];
    expect(await issue(tenant, { Scopes })).toMatchObject({
      Scopes: ["broker", "tokens:read", "tokens:manage"],
    });
  });

  test("takes any label of 1 to 100 characters, and gives it back as it is", async ({
    api,
    tenant,
    issue,
  }) => {
    for (const Name of [
      "x",
      "é".repeat(100),
      "🔑".repeat(100),
      "<b>&amp;'\"</b>",
      "=1+1",
      "\u202eabc",
    ]) {
      const { Id } = await issue(tenant, { Name });
      const { body } = await api("GET", `${TOKENS}/${Id}`, { token: tenant.token });
      expect(body.Name).toBe(Name);
    }
  });

  for (const [what, Name] of BAD_NAMES) {
    test(`400 naming Name for ${what}`, async ({ api, tenant }) => {
      const answer = await api("POST", TOKENS, { token: tenant.token, json: { Name } });
      expectError(answer, 400, "invalid_request", ["Name"]);
    });
  }

  for (const [what, json, path] of [
    ["no Name", {}, "Name"],
    ["an Active that is no boolean", { Name: "x", Active: "yes" }, "Active"],
    ["a scope that there isn't", { Name: "x", Scopes: ["broker", "root"] }, "Scopes.1"],
    ["no scope at all", { Name: "x", Scopes: [] }, "Scopes"],
    ["scopes that are no list", { Name: "x", Scopes: "broker" }, "Scopes"],
    ["an Id", { Name: "x", Id: randomUUID() }, "Id"],
    ["an EntityId", { Name: "x", EntityId: randomUUID() }, "EntityId"],
    ["a JWT", { Name: "x", JWT: "x" }, "JWT"],
    ["the master's scope", { Name: "x", Scopes: ["tenants:manage"] }, "Scopes.0"],
  ] as const) {
    test(`400 naming ${path} for ${what}`, async ({ api, tenant }) => {
      const answer = await api("POST", TOKENS, { token: tenant.token, json });
      expectError(answer, 400, "invalid_request", [path]);
    });
  }

  test("400 names all that is wrong at once", async ({ api, tenant }) => {
    const json = { Name: "", Active: 1, Scopes: ["x"], Id: 1, Colour: "red" };
    const answer = await api("POST", TOKENS, { token: tenant.token, json });
    const paths = ["Name", "Active", "Scopes.0", "Id", "Colour"];
    expectError(answer, 400, "invalid_request", paths);
  });

  test("403 for a scope that the granting token lacks itself", async ({ api, tenant, issue }) => {
    const { JWT } = await issue(tenant, { Scopes: ["tokens:manage"] });
    for (const scope of ["broker", "audit:read", "introspect"]) {
      const json = { Name: "x", Scopes: ["tokens:manage", scope] };
      expectError(await api("POST", TOKENS, { token: JWT, json }), 403, "insufficient_scope");
    }
    const json = { Name: "x", Scopes: ["tokens:read"] };
    expect(await api("POST", TOKENS, { token: JWT, json })).toMatchObject({ status: 200 });
  });

  test("409 at the limit of live tokens; revoking one makes room", async () => {
    const server = await startServer({ env: { BROKER_TOKENS_PER_TENANT: "3" } });
    const api = apiOf(server.url);
    const tenant = await server.broker(
      "tenants",
      "create",
      "--name",
      "Full",
      "--email",
      "a@b.example",
    );
    const sent = { token: tenant.DefaultToken.JWT, json: { Name: "Another" } };
    const made = [await api("POST", TOKENS, sent), await api("POST", TOKENS, sent)];
    const refused = await api("POST", TOKENS, sent);
    const atOnce = await api("DELETE", `${TOKENS}/${made[0]?.body.Id}`, sent).then(() =>
      Promise.all([api("POST", TOKENS, sent), api("POST", TOKENS, sent)]),
    );
    await server.stop();
    expect(made.map(({ status }) => status)).toEqual([200, 200]);
    expectError(refused, 409, "conflict");
    expect(atOnce.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

test.describe("GET /up/v5/entityToken", () => {
  test("200 with all the Tenant's tokens, newest first, none of another's, no secret", async ({
    api,
    tenant,
    issue,
    provision,
  }) => {
    await issue(await provision());
    for (const Name of ["one", "two", "three"]) await issue(tenant, { Name });
    const { status, body, text } = await api("GET", TOKENS, { token: tenant.token });
    expect(status).toBe(200);
    expect(body.map(({ Name }: { Name: string }) => Name)).toEqual([
      "three",
      "two",
      "one",
      "Default token",
    ]);
    for (const token of body) expect(token).toMatchObject({ EntityId: tenant.entityId, JWT: null });
    expect(text).not.toMatch(/sbat_[0-9A-Za-z]{43}/);
  });

  test("?limit and ?after walk through all of them once, in order", async ({
    api,
    tenant,
    issue,
  }) => {
    await Promise.all(Array.from({ length: 10 }, () => issue(tenant)));
    const { token } = tenant;
    const ids = (page: { body: { Id: string }[] }) => page.body.map(({ Id }) => Id);
    const all = ids(await api("GET", TOKENS, { token }));
    const walked: string[] = [];
    for (let page: string[] = all.slice(0, 1); page.length > 0; walked.push(...page)) {
      const after = walked.length > 0 ? `&after=${walked.at(-1)}` : "";
      page = ids(await api("GET", `${TOKENS}?limit=3${after}`, { token }));
      expect(page.length).toBeLessThanOrEqual(3);
    }
    expect(all).toHaveLength(11);
    expect(walked).toEqual(all);
  });

  test("?status picks by status", async ({ api, tenant, issue }) => {
    const { token } = tenant;
    const inactive = await issue(tenant, { Active: false });
    const revoked = await issue(tenant);
    await api("DELETE", `${TOKENS}/${revoked.Id}`, { token });
    for (const [status, id] of [
      ["Active", tenant.tokenId],
      ["Inactive", inactive.Id],
      ["Revoked", revoked.Id],
    ]) {
      const { body } = await api("GET", `${TOKENS}?status=${status}`, { token });
      expect(body.map(({ Id }: { Id: string }) => Id)).toEqual([id]);
    }
  });

  test("?after another Tenant's token answers as after a random id", async ({
    api,
    tenant,
    provision,
  }) => {
    const other = await provision();
    const { token } = tenant;
    const foreign = await api("GET", `${TOKENS}?after=${other.tokenId}`, { token });
    const random = await api("GET", `${TOKENS}?after=${randomUUID()}`, { token });
    expect(shape(foreign)).toEqual(shape(random));
  });

  for (const [query, path] of [
    ["limit=0", "?limit"],
    ["limit=1001", "?limit"],
    ["limit=ten", "?limit"],
    ["limit=1.5", "?limit"],
    ["limit=1&limit=2", "?limit"],
    ["after=first", "?after"],
    ["status=Gone", "?status"],
    ["colour=red", "?colour"],
  ] as const) {
    test(`400 naming ${path} for ?${query}`, async ({ api, tenant }) => {
      const answer = await api("GET", `${TOKENS}?${query}`, { token: tenant.token });
      expectError(answer, 400, "invalid_request", [path]);
    });
  }

  test("tokens:read is enough, and a JSON media type on a GET is fine", async ({
    api,
    tenant,
    issue,
  }) => {
    const { JWT } = await issue(tenant, { Scopes: ["tokens:read"] });
    const headers = { "Content-Type": "application/json" };
    expect(await api("GET", TOKENS, { token: JWT, headers })).toMatchObject({ status: 200 });
  });

  test("HEAD answers as GET does, without a body", async ({ api, tenant }) => {
    const head = await api("HEAD", TOKENS, { token: tenant.token });
    expect(head).toMatchObject({ status: 200, text: "" });
  });
});

test.describe("PUT /up/v5/entityToken/{id}", () => {
  test("200: renames, and the token itself goes on", async ({ api, tenant, issue }) => {
    const { Id, JWT } = await issue(tenant);
    const json = { Name: " ERP of the customer ", Id, EntityId: tenant.entityId };
    const { status, body } = await api("PUT", `${TOKENS}/${Id}`, { token: tenant.token, json });
    expect(status).toBe(200);
    expect(body).toMatchObject({ Id, Name: "ERP of the customer", JWT: null, Active: true });
    const { body: verified } = await api("GET", "/up/v5/verify", { token: JWT });
    expect(verified.Name).toBe("ERP of the customer");
  });

  test("200: deactivates and activates, each at once", async ({ api, tenant, issue }) => {
    const { Id, JWT } = await issue(tenant);
    for (const [Active, Status, verify] of [
      [false, "Inactive", 401],
      [false, "Inactive", 401],
      [true, "Active", 200],
    ] as const) {
      const sent = { token: tenant.token, json: { Active } };
      const { status, body } = await api("PUT", `${TOKENS}/${Id}`, sent);
      expect({ status, ...body }).toMatchObject({ status: 200, Active, Status });
      const verified = await api("GET", "/up/v5/verify", { token: JWT });
      expect(verified.status).toBe(verify);
    }
  });

  test("takes the ids of the path in either case", async ({ api, tenant, issue }) => {
    const { Id } = await issue(tenant);
    const json = { Name: "x", Id: Id.toUpperCase(), EntityId: tenant.entityId.toUpperCase() };
    const path = `${TOKENS}/${Id.toUpperCase()}`;
    expect(await api("PUT", path, { token: tenant.token, json })).toMatchObject({ status: 200 });
  });

  for (const [what, json, path] of [
    ["an Id that contradicts the path", { Name: "x", Id: randomUUID() }, "Id"],
    ["another EntityId", { Name: "x", EntityId: randomUUID() }, "EntityId"],
    ["an Id that is none", { Name: "x", Id: "1" }, "Id"],
    ["a JWT", { Name: "x", JWT: "x" }, "JWT"],
    ["Scopes, which stay as they are", { Name: "x", Scopes: ["broker"] }, "Scopes"],
    ["an Active that is no boolean", { Active: 1 }, "Active"],
    ["nothing to change", {}, "body"],
  ] as const) {
    test(`400 naming ${path} for ${what}`, async ({ api, tenant }) => {
      const sent = { token: tenant.token, json };
      const answer = await api("PUT", `${TOKENS}/${tenant.tokenId}`, sent);
      expectError(answer, 400, "invalid_request", [path]);
    });
  }

  for (const [what, Name] of BAD_NAMES) {
    test(`400 naming Name for ${what}`, async ({ api, tenant }) => {
      const sent = { token: tenant.token, json: { Name } };
      const answer = await api("PUT", `${TOKENS}/${tenant.tokenId}`, sent);
      expectError(answer, 400, "invalid_request", ["Name"]);
    });
  }

  test("409 for the state of a revoked token, which is final", async ({ api, tenant, issue }) => {
    const { token } = tenant;
    const { Id, JWT } = await issue(tenant);
    await api("DELETE", `${TOKENS}/${Id}`, { token });
    const activate = { token, json: { Active: true } };
    expectError(await api("PUT", `${TOKENS}/${Id}`, activate), 409, "conflict");
    expect(await api("GET", "/up/v5/verify", { token: JWT })).toMatchObject({ status: 401 });
  });

  test("200 for a revoked token sent back with a new label: it may be renamed", async ({
    api,
    tenant,
    issue,
  }) => {
    const { token } = tenant;
    const { Id } = await issue(tenant);
    await api("DELETE", `${TOKENS}/${Id}`, { token });
    const sent = { token, json: { Id, Name: "Leaked in May", Active: false } };
    const { status, body } = await api("PUT", `${TOKENS}/${Id}`, sent);
    expect({ status, ...body }).toMatchObject({
      status: 200,
      Name: "Leaked in May",
      Status: "Revoked",
    });
  });
});

test.describe("DELETE /up/v5/entityToken/{id}", () => {
  test("200: revoked for good, and a second DELETE answers the same", async ({
    api,
    tenant,
    issue,
  }) => {
    const { token } = tenant;
    const { Id, JWT } = await issue(tenant);
    const first = await api("DELETE", `${TOKENS}/${Id}`, { token });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ Id, Status: "Revoked", Active: false, RevokedAt: TIME });
    expect(await api("GET", "/up/v5/verify", { token: JWT })).toMatchObject({ status: 401 });
    const second = await api("DELETE", `${TOKENS}/${Id}`, { token });
    expect(shape(second)).toEqual(shape(first));
    const { body } = await api("GET", `${TOKENS}/${Id}`, { token });
    expect(body).toEqual(first.body);
  });

  test("a token can revoke itself, and is refused from then on", async ({ api, tenant, issue }) => {
    const { Id, JWT } = await issue(tenant, { Scopes: ["tokens:manage"] });
    const path = `${TOKENS}/${Id}`;
    expect(await api("DELETE", path, { token: JWT })).toMatchObject({ status: 200 });
    expectError(await api("DELETE", path, { token: JWT }), 401, "invalid_token");
  });
});
