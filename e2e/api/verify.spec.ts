import { apiOf } from "@/e2e/support/call";
import { dropDatabase } from "@/e2e/support/database";
import { expectError, expectSame } from "@/e2e/support/expect-error";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";
import { generateSecret } from "@/lib/credentials/secret-format";

const VERIFY = "/up/v5/verify";

test.describe("GET|HEAD|POST /up/v5/verify", () => {
  for (const method of ["GET", "POST"]) {
    test(`${method}: 200 says whose call it is, in the body and for gateways in headers`, async ({
      api,
      tenant,
    }) => {
      const { status, headers, body } = await api(method, VERIFY, { token: tenant.token });
      expect(status).toBe(200);
      expect(body).toEqual({
        Active: true,
        EntityId: tenant.entityId,
        TokenId: tenant.tokenId,
        Name: "Default token",
        AuthType: "SystemAccessToken",
        Scopes: ["broker", "tokens:manage"],
        ExpiresAt: null,
      });
      expect(Object.fromEntries(headers)).toMatchObject({
        "cache-control": "no-store",
        "content-type": "application/json",
        "x-servicebroker-tenant": tenant.entityId,
        "x-servicebroker-system": tenant.tokenId,
        "x-servicebroker-system-name": "UTF-8''Default%20token",
        "x-servicebroker-auth-type": "SystemAccessToken",
        "x-servicebroker-scopes": "broker tokens:manage",
      });
    });
  }

  test("HEAD: the same headers, no body", async ({ api, tenant }) => {
    const get = await api("GET", VERIFY, { token: tenant.token });
    const head = await api("HEAD", VERIFY, { token: tenant.token });
    expect(head).toMatchObject({ status: 200, text: "" });
    const gateway = ({ headers }: typeof get) =>
      [...headers].filter(([name]) => name.startsWith("x-servicebroker-"));
    expect(gateway(head)).toEqual(gateway(get));
    expect(await api("HEAD", VERIFY)).toMatchObject({ status: 401, text: "" });
  });

  test("the scheme in any case, and the token in its secret-token: wrapper", async ({
    api,
    tenant,
  }) => {
    for (const prefix of ["Bearer ", "bearer ", "BEARER ", "Bearer   ", "Bearer secret-token:"]) {
      const headers = { Authorization: prefix + tenant.token };
      expect(await api("GET", VERIFY, { headers }), prefix).toMatchObject({ status: 200 });
    }
  });

  test("a name is encoded by RFC 8187, so that no label can forge a header", async ({
    api,
    tenant,
    issue,
  }) => {
    const Name = "Zürich (ERP) '*', 100% 🔑\u202e";
    const { JWT } = await issue(tenant, { Name });
    const { headers, body } = await api("GET", VERIFY, { token: JWT });
    const encoded = headers.get("x-servicebroker-system-name") ?? "";
    expect(body.Name).toBe(Name);
    expect(encoded).toMatch(/^UTF-8''(?:[0-9A-Za-z!#$&+.^_`|~-]|%[0-9A-F]{2})+$/);
    expect(decodeURIComponent(encoded.slice("UTF-8''".length))).toBe(Name);
  });

  test("?scope= demands scopes: 200 with all of them, 403 without one", async ({
    api,
    tenant,
    issue,
  }) => {
    const { JWT } = await issue(tenant, { Scopes: ["broker", "tokens:manage"] });
    for (const [query, status] of [
      ["", 200],
      ["?scope=", 200],
      ["?scope=broker", 200],
      ["?scope=broker+tokens:manage", 200],
      ["?scope=broker%20tokens%3Amanage", 200],
      ["?scope=broker&scope=tokens:read", 200],
      ["?scope=tokens:read", 200],
      ["?scope=audit:read", 403],
      ["?scope=broker%20audit:read", 403],
      ["?scope=broker&scope=introspect", 403],
      ["?scope=Broker", 403],
      ["?scope=*", 403],
      ["?uri=/orders", 200],
    ] as const) {
      const answer = await api("GET", VERIFY + query, { token: JWT });
      expect(answer.status, query).toBe(status);
      if (status === 403) {
        expectError(answer, 403, "insufficient_scope");
        expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
      }
    }
  });

  for (const scope of ['x", realm="evil', "x\r\nX-Evil: 1", "a\\b", "é", "a\tb", "\u0000"]) {
    test(`400 naming ?scope for ${JSON.stringify(scope)}, which no scope may be`, async ({
      api,
      tenant,
    }) => {
      const query = new URLSearchParams({ scope });
      const answer = await api("GET", `${VERIFY}?${query}`, { token: tenant.token });
      expectError(answer, 400, "invalid_request", ["?scope"]);
      expect(answer.headers.get("x-evil")).toBeNull();
    });
  }
});

test.describe("the rule", () => {
  /** Verifies, and expects the one answer that every bad credential gets, or a 200. */
  const cases: [string, Record<string, unknown>, number][] = [
    ["suspended", { Active: false }, 401],
    ["activated again", { Active: true }, 200],
    ["of AuthType JWT", { AuthType: "JWT" }, 401],
    ["of AuthType SystemAccessToken", { AuthType: "SystemAccessToken" }, 200],
    ["of AuthType Any", { AuthType: "Any" }, 200],
  ];

  test("a token follows its Tenant, from the very next call on", async ({
    api,
    tenant,
    masterToken,
  }) => {
    const refused = await api("GET", VERIFY, { token: generateSecret("sbat_") });
    for (const [what, json, status] of cases) {
      const path = `/up/v5/entity/${tenant.entityId}`;
      const changed = await api("PUT", path, { token: masterToken, json });
      expect(changed, what).toMatchObject({ status: 200, body: json });
      const answer = await api("GET", VERIFY, { token: tenant.token });
      expect(answer.status, what).toBe(status);
      if (status === 401) expectSame(answer, refused);
    }
  });

  test("a token dies with its Tenant", async ({ api, tenant, issue, masterToken }) => {
    const { JWT } = await issue(tenant);
    await api("DELETE", `/up/v5/entity/${tenant.entityId}`, { token: masterToken });
    for (const token of [tenant.token, JWT]) {
      expectError(await api("GET", VERIFY, { token }), 401, "invalid_token");
    }
  });

  test("of one Tenant suspended, another's tokens go on", async ({
    api,
    tenant,
    provision,
    masterToken,
  }) => {
    const other = await provision();
    const json = { Active: false };
    await api("PUT", `/up/v5/entity/${other.entityId}`, { token: masterToken, json });
    expect(await api("GET", VERIFY, { token: tenant.token })).toMatchObject({ status: 200 });
  });

  test("a revocation holds in every instance once it has been answered", async ({ server }) => {
    const { databaseUrl: database, env, broker } = server;
    const shared = { BROKER_SECRET_KEY: env.BROKER_SECRET_KEY };
    const second = await startServer({ database, env: { ...shared, WEB_CONCURRENCY: "2" } });
    const instances = [apiOf(server.url), apiOf(second.url)];
    const tenant = await broker("tenants", "create", "--name", "Two", "--email", "a@b.example");
    const token = tenant.DefaultToken.JWT;
    for (let round = 0; round < 20; round++) {
      const [one, other] = round % 2 ? instances : [...instances].reverse();
      const issued = await one?.("POST", "/up/v5/entityToken", { token, json: { Name: "x" } });
      const { Id, JWT } = issued?.body ?? {};
      expect(await other?.("GET", VERIFY, { token: JWT })).toMatchObject({ status: 200 });
      await one?.("DELETE", `/up/v5/entityToken/${Id}`, { token });
      expect(await other?.("GET", VERIFY, { token: JWT })).toMatchObject({ status: 401 });
    }
    await second.stop();
  });
});

test.describe("without its database", () => {
  test("503 with Retry-After for a well-formed token, 401 for a malformed one: no database work", async () => {
    const server = await startServer();
    const api = apiOf(server.url);
    await dropDatabase(server.databaseUrl);
    const token = generateSecret("sbat_");
    const wellFormed = await api("GET", VERIFY, { token });
    const malformed = await api("GET", VERIFY, { token: `${token.slice(0, -1)}!` });
    const listed = await api("GET", "/up/v5/entityToken", { token });
    const [healthy, ready] = [await api("GET", "/healthz"), await api("GET", "/readyz")];
    await server.kill();
    for (const answer of [wellFormed, listed, ready]) {
      expectError(answer, 503, "database_unavailable");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expectError(malformed, 401, "invalid_token");
    expect(healthy.status).toBe(200);
  });
});
