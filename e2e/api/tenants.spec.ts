import { randomUUID } from "node:crypto";
import { query } from "@/e2e/support/database";
import { expectError, shape } from "@/e2e/support/expect-error";
import { expect, test } from "@/e2e/support/test";
import { BAD_NAMES, TIME, TOKEN, UUID } from "@/e2e/support/values";

const ENTITY = "/up/v5/entity";
const EMAIL = "it@tenant.example";

test.describe("POST /up/v5/entity", () => {
  test("200 with the Tenant and its default token, which works at once", async ({
    api,
    masterToken,
  }) => {
    const { status, body, headers } = await api("POST", ENTITY, {
      token: masterToken,
      json: { Name: " Acme ", Email: EMAIL },
    });
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({
      EntityId: UUID,
      Name: "Acme",
      Email: EMAIL,
      ExtSysId: null,
      Desc: null,
      Active: true,
      SID: expect.stringMatching(/^\S+$/),
      Domain: null,
      CreatedAt: TIME,
      AuthType: "Any",
      DefaultToken: expect.objectContaining({
        EntityId: body.EntityId,
        JWT: TOKEN,
        Active: true,
        Scopes: ["broker", "tokens:manage"],
      }),
    });
    const verified = await api("GET", "/up/v5/verify", { token: body.DefaultToken.JWT });
    expect(verified).toMatchObject({ status: 200, body: { EntityId: body.EntityId } });
  });

  test("takes all that may be given, the EntityId of another system too", async ({
    api,
    masterToken,
  }) => {
    const json = {
      EntityId: randomUUID(),
      Name: "Acme",
      Email: EMAIL,
      ExtSysId: "SAP-4711",
      Desc: "First line\nsecond line",
      Active: false,
      Domain: "acme.example",
      AuthType: "SystemAccessToken",
    };
    const { status, body } = await api("POST", ENTITY, { token: masterToken, json });
    expect({ status, ...body }).toMatchObject({ status: 200, ...json });
    const verified = await api("GET", "/up/v5/verify", { token: body.DefaultToken.JWT });
    expect(verified.status).toBe(401);
  });

  test("409 for an EntityId that is taken, also by a deleted Tenant", async ({
    api,
    tenant,
    masterToken,
  }) => {
    const json = { Name: "Again", Email: EMAIL, EntityId: tenant.entityId.toUpperCase() };
    const sent = { token: masterToken, json };
    expectError(await api("POST", ENTITY, sent), 409, "conflict");
    await api("DELETE", `${ENTITY}/${tenant.entityId}`, sent);
    expectError(await api("POST", ENTITY, sent), 409, "conflict");
  });

  test("of two with one EntityId at once one is 200 and the other 409", async ({
    api,
    masterToken,
  }) => {
    for (let round = 0; round < 5; round++) {
      const json = { Name: "Twin", Email: EMAIL, EntityId: randomUUID() };
      const create = () => api("POST", ENTITY, { token: masterToken, json });
      const answers = await Promise.all([create(), create()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
  });

  for (const [what, change, path] of [
    ["no Name", { Name: undefined }, "Name"],
    ["no Email", { Email: undefined }, "Email"],
    ["an Email that is none", { Email: "it at acme" }, "Email"],
    ["an Email of two lines", { Email: "a@b.example\r\nBcc: c@d.example" }, "Email"],
    ["an EntityId that is none", { EntityId: "acme" }, "EntityId"],
    ["an AuthType that there isn't", { AuthType: "Basic" }, "AuthType"],
    ["an Active that is no boolean", { Active: "true" }, "Active"],
    ["a SID, which is ours alone", { SID: "x" }, "SID"],
    ["a CreatedAt, which is ours alone", { CreatedAt: "2020-01-01T00:00:00Z" }, "CreatedAt"],
    ["a DefaultToken", { DefaultToken: {} }, "DefaultToken"],
    ["a Desc of 2,001 characters", { Desc: "x".repeat(2001) }, "Desc"],
    ["a Domain with a NUL", { Domain: "a\u0000b" }, "Domain"],
  ] as const) {
    test(`400 naming ${path} for ${what}`, async ({ api, masterToken }) => {
      const json = { Name: "Acme", Email: EMAIL, ...change };
      const answer = await api("POST", ENTITY, { token: masterToken, json });
      expectError(answer, 400, "invalid_request", [path]);
    });
  }

  for (const [what, Name] of BAD_NAMES) {
    test(`400 naming Name for ${what}`, async ({ api, masterToken }) => {
      const answer = await api("POST", ENTITY, {
        token: masterToken,
        json: { Name, Email: EMAIL },
      });
      expectError(answer, 400, "invalid_request", ["Name"]);
    });
  }

  test("403 for a token of the master Tenant without tenants:manage", async ({
    api,
    server,
    masterToken,
  }) => {
    const args = ["--tenant", "master", "--name", "x", "--scopes", "broker tokens:manage"];
    const { JWT } = await server.broker("tokens", "issue", ...args);
    const json = { Name: "Acme", Email: EMAIL };
    expectError(await api("POST", ENTITY, { token: JWT, json }), 403, "insufficient_scope");
    expect(await api("POST", ENTITY, { token: masterToken, json })).toMatchObject({ status: 200 });
  });
});

test.describe("GET /up/v5/entity/{id}", () => {
  test("200 for the Tenant itself with any scope, and for the master", async ({
    api,
    tenant,
    issue,
    masterToken,
  }) => {
    const { JWT } = await issue(tenant, { Scopes: ["broker"] });
    const path = `${ENTITY}/${tenant.entityId}`;
    const [own, masters] = [
      await api("GET", path, { token: JWT }),
      await api("GET", path, { token: masterToken }),
    ];
    expect(own.body).toMatchObject({ EntityId: tenant.entityId, Name: tenant.name, Active: true });
    expect(own.body).not.toHaveProperty("DefaultToken");
    expect(shape(own)).toEqual(shape(masters));
  });

  test("404 for the master too where there is none", async ({ api, masterToken }) => {
    const answer = await api("GET", `${ENTITY}/${randomUUID()}`, { token: masterToken });
    expectError(answer, 404, "not_found");
  });
});

test.describe("PUT /up/v5/entity/{id}", () => {
  test("200: the Tenant itself changes what is its own", async ({ api, tenant }) => {
    const json = {
      EntityId: tenant.entityId,
      Name: "Acme Field Services",
      Email: "new@tenant.example",
      Desc: "Repairs",
      AuthType: "SystemAccessToken",
    };
    const path = `${ENTITY}/${tenant.entityId}`;
    const { status, body } = await api("PUT", path, { token: tenant.token, json });
    expect({ status, ...body }).toMatchObject({ status: 200, ...json });
    expect((await api("GET", path, { token: tenant.token })).body).toEqual(body);
  });

  test("a Tenant that turns System Access Tokens off is refused from then on", async ({
    api,
    tenant,
  }) => {
    const sent = { token: tenant.token, json: { AuthType: "JWT" } };
    const path = `${ENTITY}/${tenant.entityId}`;
    expect(await api("PUT", path, sent)).toMatchObject({ status: 200 });
    expectError(await api("PUT", path, sent), 401, "invalid_token");
  });

  for (const [field, value] of [
    ["Active", false],
    ["Domain", "acme.example"],
    ["ExtSysId", "SAP-1"],
  ] as const) {
    test(`403 naming ${field}, which only the master changes, and nothing changes`, async ({
      api,
      tenant,
      masterToken,
    }) => {
      const path = `${ENTITY}/${tenant.entityId}`;
      const json = { Name: "Taken over", [field]: value };
      const answer = await api("PUT", path, { token: tenant.token, json });
      expectError(answer, 403, "forbidden", [field]);
      const { body } = await api("GET", path, { token: masterToken });
      expect(body).toMatchObject({ Name: tenant.name, Active: true, Domain: null, ExtSysId: null });
    });
  }

  test("200: the master changes all of it", async ({ api, tenant, masterToken }) => {
    const json = { Name: "Acme", Active: false, Domain: "acme.example", ExtSysId: "SAP-1" };
    const path = `${ENTITY}/${tenant.entityId}`;
    const { status, body } = await api("PUT", path, { token: masterToken, json });
    expect({ status, ...body }).toMatchObject({ status: 200, ...json });
  });

  test("what is set can be taken back with null", async ({ api, tenant, masterToken }) => {
    const path = `${ENTITY}/${tenant.entityId}`;
    const set = { Domain: "acme.example", ExtSysId: "SAP-1", Desc: "Repairs" };
    await api("PUT", path, { token: masterToken, json: set });
    const json = { Domain: null, ExtSysId: null, Desc: null };
    expect((await api("PUT", path, { token: masterToken, json })).body).toMatchObject(json);
  });

  for (const [what, json, path] of [
    ["an EntityId that contradicts the path", { EntityId: randomUUID() }, "EntityId"],
    ["a SID", { SID: "x" }, "SID"],
    ["a CreatedAt", { CreatedAt: "2020-01-01T00:00:00Z" }, "CreatedAt"],
    ["a Name of null", { Name: null }, "Name"],
    ["an Email that is none", { Email: "x" }, "Email"],
    ["an AuthType that there isn't", { AuthType: "any" }, "AuthType"],
  ] as const) {
    test(`400 naming ${path} for ${what}`, async ({ api, tenant, masterToken }) => {
      for (const token of [tenant.token, masterToken]) {
        const answer = await api("PUT", `${ENTITY}/${tenant.entityId}`, { token, json });
        expectError(answer, 400, "invalid_request", [path]);
      }
    });
  }

  test("409 for suspending the master Tenant", async ({ api, masterToken }) => {
    const { body } = await api("GET", "/up/v5/verify", { token: masterToken });
    const sent = { token: masterToken, json: { Active: false } };
    expectError(await api("PUT", `${ENTITY}/${body.EntityId}`, sent), 409, "conflict");
    expect(await api("GET", "/up/v5/verify", { token: masterToken })).toMatchObject({
      status: 200,
    });
  });

  test("409 for a Tenant that is deleted", async ({ api, tenant, masterToken }) => {
    const path = `${ENTITY}/${tenant.entityId}`;
    await api("DELETE", path, { token: masterToken });
    const sent = { token: masterToken, json: { Active: true } };
    expectError(await api("PUT", path, sent), 409, "conflict");
  });
});

test.describe("DELETE /up/v5/entity/{id}", () => {
  test("200: every credential dies, the history stays, and a second DELETE answers the same", async ({
    api,
    server,
    tenant,
    issue,
    masterToken,
  }) => {
    const { JWT } = await issue(tenant);
    const path = `${ENTITY}/${tenant.entityId}`;
    const first = await api("DELETE", path, { token: masterToken });
    expect(first).toMatchObject({
      status: 200,
      body: { EntityId: tenant.entityId, Active: false },
    });
    for (const token of [tenant.token, JWT]) {
      expectError(await api("GET", path, { token }), 401, "invalid_token");
    }
    const second = await api("DELETE", path, { token: masterToken });
    expect(shape(second)).toEqual(shape(first));
    const events = await query(
      server.databaseUrl,
      (sql) => sql`select action from audit_events where tenant_id = ${tenant.entityId}`,
    );
    const actions = events.map(({ action }) => action).sort();
    expect(actions).toEqual([
      "tenant.deleted",
      "tenant.provisioned",
      "token.issued",
      "token.issued",
    ]);
  });

  test("409 for the master Tenant, which goes on", async ({ api, masterToken }) => {
    const { body } = await api("GET", "/up/v5/verify", { token: masterToken });
    const answer = await api("DELETE", `${ENTITY}/${body.EntityId}`, { token: masterToken });
    expectError(answer, 409, "conflict");
    expect(await api("GET", "/up/v5/verify", { token: masterToken })).toMatchObject({
      status: 200,
    });
  });

  test("404 for the master where there is none", async ({ api, masterToken }) => {
    const answer = await api("DELETE", `${ENTITY}/${randomUUID()}`, { token: masterToken });
    expectError(answer, 404, "not_found");
  });
});
