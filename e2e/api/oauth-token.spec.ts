import { expectError, expectSame, shape } from "@/e2e/support/expect-error";
import { basic, expect, partsOf, test } from "@/e2e/support/oauth";
import { startServer } from "@/e2e/support/server";

const grant = { grant_type: "client_credentials" };
const form = { "Content-Type": "application/x-www-form-urlencoded" };

test.describe("POST /oauth2/token", () => {
  test("200 with a JWT of RFC 9068 by client_secret_basic", async ({ post, client, server }) => {
    const { status, body, headers } = await post("/oauth2/token", grant, client);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("pragma")).toBe("no-cache");
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 3600,
      scope: "broker",
    });
    const { header, payload } = partsOf(body.access_token);
    expect(header).toEqual({ typ: "at+jwt", alg: "ES256", kid: expect.any(String) });
    expect(payload).toEqual({
      iss: server.url,
      aud: server.url,
      sub: client.ClientId,
      client_id: client.ClientId,
      iat: expect.any(Number),
      exp: payload.iat + 3600,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: "broker",
      entity_id: client.EntityId,
    });
  });

  test("200 by client_secret_post, and by Basic percent-encoded", async ({ post, api, client }) => {
    const { ClientId, ClientSecret } = client;
    const inBody = { ...grant, client_id: ClientId, client_secret: ClientSecret };
    expect((await post("/oauth2/token", inBody)).status).toBe(200);
    const encoded = basic(ClientId.replace("_", "%5F"), ClientSecret.replace("_", "%5f"));
    const headers = { ...form, Authorization: encoded };
    const body = "grant_type=client_credentials";
    expect((await api("POST", "/oauth2/token", { body, headers })).status).toBe(200);
    const scheme = { ...form, Authorization: basic(ClientId, ClientSecret).replace("B", "b") };
    expect((await api("POST", "/oauth2/token", { body, headers: scheme })).status).toBe(200);
  });

  test("scope narrows what the client has, and a JWT can do no more", async ({
    api,
    tenant,
    createClient,
    post,
    jwtOf,
  }) => {
    const client = await createClient(tenant, { Scopes: ["broker", "tokens:manage"] });
    const { body } = await post("/oauth2/token", { ...grant, scope: "tokens:read" }, client);
    expect(body.scope).toBe("tokens:read");
    const token = body.access_token;
    expect((await api("GET", "/up/v5/entityToken", { token })).status).toBe(200);
    const issued = await api("POST", "/up/v5/entityToken", { token, json: { Name: "x" } });
    expectError(issued, 403, "insufficient_scope");
    const verified = await api("GET", "/up/v5/verify?scope=broker", { token });
    expectError(verified, 403, "insufficient_scope");
    expect((await api("GET", "/up/v5/verify", { token: await jwtOf(client) })).body.Scopes).toEqual(
      ["broker", "tokens:manage"],
    );
  });

  test.describe("errors of RFC 6749 section 5.2", () => {
    const secretForm = "client_secret=x&client_secret=y";
    for (const [status, error, what, body, authenticated] of [
      [400, "invalid_request", "no grant_type", "scope=broker", true],
      [400, "invalid_request", "an empty grant_type", "grant_type=&scope=broker", true],
      [400, "invalid_request", "grant_type twice", "grant_type=a&grant_type=a", true],
      [400, "invalid_request", "an unknown parameter twice", "grant_type=a&x=1&x=2", true],
      [400, "invalid_request", "client_secret twice", `grant_type=a&${secretForm}`, false],
      [400, "invalid_request", "a stray percent sign", "grant_type=%zz", true],
      [400, "invalid_request", "bytes that are not UTF-8", "grant_type=%ff", true],
      [400, "invalid_request", "two methods at once", "grant_type=a&client_secret=x", true],
      [400, "invalid_request", "two ClientIds", "grant_type=a&client_id=other", true],
      [400, "unsupported_grant_type", "another grant", "grant_type=password", true],
      [400, "unsupported_grant_type", "a code", "grant_type=authorization_code&code=x", true],
      [400, "invalid_scope", "an unknown scope", "grant_type=client_credentials&scope=all", true],
      [
        400,
        "invalid_scope",
        "a scope that it lacks",
        "grant_type=client_credentials&scope=introspect",
        true,
      ],
      [
        400,
        "invalid_scope",
        "one good scope, one not",
        "grant_type=client_credentials&scope=broker+all",
        true,
      ],
      [401, "invalid_client", "no authentication", "grant_type=client_credentials", false],
      [
        401,
        "invalid_client",
        "a ClientId alone",
        "grant_type=client_credentials&client_id=x",
        false,
      ],
      [
        401,
        "invalid_client",
        "a malformed client",
        "grant_type=client_credentials&client_id=x&client_secret=y",
        false,
      ],
    ] as const) {
      test(`${status} ${error} for ${what}`, async ({ post, client }) => {
        const answer = await post("/oauth2/token", body, authenticated ? client : null);
        expect(answer.status, answer.text).toBe(status);
        expect(answer.body.error).toBe(error);
        expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
        expect(answer.headers.get("cache-control")).toBe("no-store");
        expect(answer.headers.get("pragma")).toBe("no-cache");
        const challenge = answer.headers.get("www-authenticate");
        expect(challenge?.startsWith("Basic realm=") ?? false).toBe(status === 401);
      });
    }

    for (const [what, authorization] of [
      ["Bearer", "Bearer abc"],
      ["Basic without a colon", `Basic ${Buffer.from("abc").toString("base64")}`],
      ["Basic that is not base64", "Basic !!!"],
      ["Basic with a broken percent-encoding", basic("%zz", "x")],
      ["Digest", 'Digest username="x"'],
    ] as const) {
      test(`401 invalid_client for an Authorization header of ${what}`, async ({ api }) => {
        const { status, body } = await api("POST", "/oauth2/token", {
          body: "grant_type=client_credentials",
          headers: { ...form, Authorization: authorization },
        });
        expect({ status, error: body.error }).toEqual({ status: 401, error: "invalid_client" });
      });
    }

    test("400 invalid_request for JSON, for another charset and for a secret in the query", async ({
      api,
      client,
    }) => {
      const Authorization = basic(client.ClientId, client.ClientSecret);
      const body = "grant_type=client_credentials";
      for (const [path, type] of [
        ["/oauth2/token", "application/json"],
        ["/oauth2/token", ""],
        ["/oauth2/token", "application/x-www-form-urlencoded; charset=utf-16"],
        ["/oauth2/token?client_secret=x", "application/x-www-form-urlencoded"],
      ] as const) {
        const headers = { Authorization, "Content-Type": type };
        const answer = await api("POST", path, { body, headers });
        expect(answer, type).toMatchObject({ status: 400, body: { error: "invalid_request" } });
      }
      const headers = { Authorization, "Content-Type": `${form["Content-Type"]}; Charset="UTF-8"` };
      expect((await api("POST", "/oauth2/token", { body, headers })).status).toBe(200);
    });

    test("413 for a body over 64 KiB, counted as it is read", async ({ post, client }) => {
      const body = `grant_type=client_credentials&x=${"y".repeat(65_536)}`;
      const { status, body: answer } = await post("/oauth2/token", body, client);
      expect({ status, error: answer.error }).toEqual({ status: 413, error: "invalid_request" });
    });

    test("405 for another method", async ({ api }) => {
      const answer = await api("GET", "/oauth2/token");
      expect(answer).toMatchObject({ status: 405, body: { error: "invalid_request" } });
      expect(answer.headers.get("allow")).toBe("POST");
    });
  });

  test("unknown client, wrong secret, retired secret, revoked client, suspended and deleted Tenant and AuthType SystemAccessToken answer identically", async ({
    api,
    post,
    provision,
    createClient,
    masterToken,
  }) => {
    const tenantWith = async (change?: Record<string, unknown>, method = "PUT") => {
      const tenant = await provision();
      const client = await createClient(tenant);
      if (change) {
        const url = `/up/v5/entity/${tenant.entityId}`;
        const sent = method === "PUT" ? { json: change } : {};
        expect((await api(method, url, { token: masterToken, ...sent })).status).toBe(200);
      }
      return { tenant, client };
    };
    const { tenant, client } = await tenantWith();
    const other = await createClient(tenant);
    const retired = await createClient(tenant);
    const secrets = `/up/v5/entityClient/${retired.ClientId}/secrets`;
    await api("POST", secrets, { token: tenant.token });
    await api("DELETE", `${secrets}/${retired.ClientSecretId}`, { token: tenant.token });
    const revoked = await createClient(tenant);
    await api("DELETE", `/up/v5/entityClient/${revoked.ClientId}`, { token: tenant.token });

    const wrong = [
      { ...client, ClientId: `sbcl_${"a".repeat(22)}` },
      { ...client, ClientSecret: other.ClientSecret },
      { ...client, ClientSecret: `${client.ClientSecret.slice(0, -1)}_` },
      retired,
      revoked,
      (await tenantWith({ Active: false })).client,
      (await tenantWith({ AuthType: "SystemAccessToken" })).client,
      (await tenantWith({}, "DELETE")).client,
    ];
    const answers = [];
    for (const shown of wrong) answers.push(await post("/oauth2/token", grant, shown));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expectSame(answer, answers[0] as (typeof answers)[0]);
    }
    const documented = [];
    for (const { ClientId, ClientSecret } of wrong) {
      documented.push(
        await api("POST", "/up/v5/oauth2/accessToken", {
          json: { ClientId, ClientSecret, GrantType: "ClientCredentials", ExpiresInSeconds: 60 },
        }),
      );
    }
    for (const answer of documented) {
      expectError(answer, 401, "invalid_credentials");
      expectSame(answer, documented[0] as (typeof answers)[0]);
    }
  });

  test("answers by Next's router as by the express lane", async ({ server, post, client }) => {
    const plain = await startServer({
      entry: "next",
      database: server.databaseUrl,
      env: { BROKER_SECRET_KEY: server.env.BROKER_SECRET_KEY },
    });
    const { ClientId, ClientSecret } = client;
    const ask = async (url: string, body: string) => {
      const headers = { ...form, Authorization: basic(ClientId, ClientSecret) };
      const response = await fetch(`${url}/oauth2/token`, { method: "POST", body, headers });
      const text = await response.text();
      const kept = ["cache-control", "pragma", "content-type", "www-authenticate"];
      return {
        status: response.status,
        headers: kept.map((name) => response.headers.get(name)),
        text: text.replace(/"access_token":"[^"]+"/, ""),
      };
    };
    for (const body of ["grant_type=client_credentials", "grant_type=x", "grant_type=x&x=1&x=2"]) {
      expect(await ask(plain.url, body)).toEqual(await ask(server.url, body));
    }
    expect(shape(await post("/oauth2/token", "x=1", client)).status).toBe(400);
    await plain.kill();
  });
});

test.describe("POST /up/v5/oauth2/accessToken", () => {
  const path = "/up/v5/oauth2/accessToken";

  test("200 with a JWT for as long as was asked", async ({ api, client }) => {
    const { ClientId, ClientSecret } = client;
    for (const ExpiresInSeconds of [60, 86_400]) {
      const json = { ClientId, ClientSecret, GrantType: "ClientCredentials", ExpiresInSeconds };
      const { status, body, headers } = await api("POST", path, { json });
      expect(status).toBe(200);
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: "bearer",
        expires_in: ExpiresInSeconds,
      });
      expect(headers.get("cache-control")).toBe("no-store");
      const { payload } = partsOf(body.access_token);
      expect(payload.exp - payload.iat).toBe(ExpiresInSeconds);
      expect((await api("GET", "/up/v5/verify", { token: body.access_token })).status).toBe(200);
    }
  });

  test("400 names each field that is missing or wrong", async ({ api, client }) => {
    const good = {
      ClientId: client.ClientId,
      ClientSecret: client.ClientSecret,
      GrantType: "ClientCredentials",
      ExpiresInSeconds: 60,
    };
    const none = await api("POST", path, { json: {} });
    expectError(none, 400, "invalid_request", Object.keys(good));
    for (const wrong of [
      { ExpiresInSeconds: 59 },
      { ExpiresInSeconds: 86_401 },
      { ExpiresInSeconds: 60.5 },
      { ExpiresInSeconds: "60" },
      { GrantType: "client_credentials" },
      { ClientId: 1 },
      { ClientSecret: null },
      { Scope: "broker" },
    ]) {
      const answer = await api("POST", path, { json: { ...good, ...wrong } });
      expectError(answer, 400, "invalid_request", Object.keys(wrong));
    }
    const headers = { Authorization: basic(good.ClientId, good.ClientSecret) };
    expectError(await api("POST", path, { json: good, headers }), 400, "invalid_request");
  });

  test("415 for a form, 405 for GET", async ({ api }) => {
    expectError(
      await api("POST", path, { body: "a=b", headers: form }),
      415,
      "unsupported_media_type",
    );
    expectError(await api("GET", path), 405, "method_not_allowed");
  });
});

test.describe("GET /up/v5/oauth2/userInfo", () => {
  test("tells whose JWT it is", async ({ api, client, jwtOf }) => {
    const { status, body } = await api("GET", "/up/v5/oauth2/userInfo", {
      token: await jwtOf(client),
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      sub: client.ClientId,
      sid: expect.stringMatching(/^[a-z2-7]{16}$/),
      email_verified: false,
      preferred_username: client.ClientId,
      username: client.Name,
    });
  });

  test("401 for a System Access Token, and for nothing", async ({ api, tenant }) => {
    const token = tenant.token;
    expectError(await api("GET", "/up/v5/oauth2/userInfo", { token }), 401, "invalid_token");
    expectError(await api("GET", "/up/v5/oauth2/userInfo"), 401, "unauthenticated");
  });
});
