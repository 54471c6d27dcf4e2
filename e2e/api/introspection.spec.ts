import { expectSame } from "@/e2e/support/expect-error";
import { expect, partsOf, test } from "@/e2e/support/oauth";

const introspect = "/oauth2/introspect";
const revoke = "/oauth2/revoke";
const inactive = { status: 200, text: '{"active":false}' };

test.describe("POST /oauth2/introspect", () => {
  test("tells of a JWT", async ({ post, client, jwtOf, server }) => {
    const jwt = await jwtOf(client);
    const { status, body, headers } = await post(introspect, { token: jwt }, client);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    const { iat, exp, jti } = partsOf(jwt).payload;
    expect(body).toEqual({
      active: true,
      token_type: "Bearer",
      iss: server.url,
      aud: server.url,
      sub: client.ClientId,
      client_id: client.ClientId,
      username: client.Name,
      scope: "broker",
      entity_id: client.EntityId,
      auth_type: "JWT",
      jti,
      iat,
      exp,
    });
  });

  test("tells of a System Access Token, which has no exp", async ({ post, client, tenant }) => {
    const hint = { token: tenant.token, token_type_hint: "refresh_token" };
    const { body } = await post(introspect, hint, client);
    expect(body).toMatchObject({
      active: true,
      sub: tenant.tokenId,
      scope: "broker tokens:manage",
      entity_id: tenant.entityId,
      auth_type: "SystemAccessToken",
    });
    expect(body).not.toHaveProperty("exp");
    expect(body).not.toHaveProperty("client_id");
    const wrapped = { token: `secret-token:${tenant.token}` };
    expect((await post(introspect, wrapped, client)).body).toEqual(body);
  });

  test("takes client_secret_post, and a bearer with the scope introspect", async ({
    post,
    client,
    server,
    tenant,
  }) => {
    const { ClientId, ClientSecret } = client;
    const form = { token: tenant.token, client_id: ClientId, client_secret: ClientSecret };
    expect((await post(introspect, form)).body.active).toBe(true);
    const { JWT } = await server.broker(
      ...["tokens", "issue", "--tenant", tenant.entityId, "--name", "Gateway"],
      ...["--scopes", "introspect"],
    );
    const seen = await post(introspect, { token: tenant.token }, { token: JWT });
    expect(seen.body.active).toBe(true);
  });

  test("another Tenant's token, an unknown one and a broken one are exactly {active: false}", async ({
    post,
    client,
    provision,
    createClient,
    jwtOf,
  }) => {
    const other = await provision();
    const foreign = await jwtOf(await createClient(other));
    const answers = [];
    for (const token of [other.token, foreign, `sbat_${"x".repeat(49)}`, "x", "x".repeat(9_000)]) {
      answers.push(await post(introspect, { token }, client));
    }
    for (const answer of answers) {
      expect(answer).toMatchObject(inactive);
      expectSame(answer, answers[0] as (typeof answers)[0]);
    }
  });

  test("the master Tenant's caller sees every Tenant's", async ({ post, masterToken, tenant }) => {
    const seen = await post(introspect, { token: tenant.token }, { token: masterToken });
    expect(seen.body).toMatchObject({ active: true, entity_id: tenant.entityId });
  });

  test("a suspended Tenant's tokens are not active", async ({
    api,
    post,
    masterToken,
    tenant,
    client,
    jwtOf,
  }) => {
    const jwt = await jwtOf(client);
    const url = `/up/v5/entity/${tenant.entityId}`;
    await api("PUT", url, { token: masterToken, json: { Active: false } });
    for (const token of [tenant.token, jwt]) {
      expect(await post(introspect, { token }, { token: masterToken })).toMatchObject(inactive);
    }
    const refused = await post(introspect, { token: jwt }, client);
    expect(refused).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });
});

test.describe("POST /oauth2/revoke", () => {
  test("introspect, revoke, introspect without a pause: active, then not", async ({
    api,
    post,
    client,
    jwtOf,
  }) => {
    for (let round = 0; round < 10; round++) {
      const token = await jwtOf(client);
      expect((await post(introspect, { token }, client)).body.active).toBe(true);
      const done = await post(revoke, { token, token_type_hint: "access_token" }, client);
      expect(done.status).toBe(200);
      expect(await post(introspect, { token }, client)).toMatchObject(inactive);
      expect((await api("GET", "/up/v5/verify", { token })).status).toBe(401);
    }
  });

  test("a System Access Token may revoke itself, and tokens:manage its Tenant's", async ({
    api,
    post,
    tenant,
    issue,
    client,
    jwtOf,
  }) => {
    const own = await issue(tenant);
    expect((await post(revoke, { token: own.JWT }, { token: own.JWT })).status).toBe(200);
    const other = await issue(tenant);
    const jwt = await jwtOf(client);
    for (const token of [other.JWT, jwt]) {
      expect((await post(revoke, { token }, { token: tenant.token })).status).toBe(200);
      expect((await api("GET", "/up/v5/verify", { token })).status).toBe(401);
    }
    const { body } = await api("GET", `/up/v5/entityToken/${own.Id}`, { token: tenant.token });
    expect(body.Status).toBe("Revoked");
  });

  test("200 for an unknown token, another Tenant's, an expired one and a second time: all alike", async ({
    api,
    post,
    client,
    provision,
    createClient,
    jwtOf,
  }) => {
    const other = await provision();
    const foreign = await jwtOf(await createClient(other));
    const revoked = await jwtOf(client);
    const answers = [await post(revoke, { token: revoked }, client)];
    for (const token of [revoked, other.token, foreign, "unknown", `sbat_${"x".repeat(49)}`]) {
      answers.push(await post(revoke, { token }, client));
    }
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expectSame(answer, answers[0] as (typeof answers)[0]);
    }
    for (const token of [other.token, foreign]) {
      expect((await api("GET", "/up/v5/verify", { token })).status).toBe(200);
    }
  });

  test("403 for a token of the Tenant that is not the caller's own", async ({
    api,
    post,
    tenant,
    client,
    createClient,
    jwtOf,
  }) => {
    const sibling = await jwtOf(await createClient(tenant));
    for (const token of [tenant.token, sibling]) {
      const answer = await post(revoke, { token }, client);
      expect(answer).toMatchObject({ status: 403, body: { error: "insufficient_scope" } });
      expect((await api("GET", "/up/v5/verify", { token })).status).toBe(200);
    }
  });
});

test.describe("errors of RFC 7662, 7009 and 6750", () => {
  for (const path of [introspect, revoke]) {
    test(`${path}: 401 without credentials and with wrong ones, by the scheme that was used`, async ({
      post,
      client,
    }) => {
      const { ClientId, ClientSecret } = client;
      const none = await post(path, { token: "x" });
      expect(none).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(none.headers.get("www-authenticate")).toMatch(/^Basic /);
      const wrong = await post(
        path,
        { token: "x" },
        { ClientId, ClientSecret: `${ClientSecret}x` },
      );
      expect(wrong).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      const bearer = await post(path, { token: "x" }, { token: "no such token" });
      expect(bearer).toMatchObject({ status: 401, body: { error: "invalid_token" } });
      expect(bearer.headers.get("www-authenticate")).toMatch(/^Bearer .*error="invalid_token"/);
    });

    test(`${path}: 400 without a token, with two, and for two methods at once`, async ({
      post,
      client,
      tenant,
    }) => {
      for (const [form, by] of [
        ["", client],
        ["token=", client],
        ["token=a&token=b", client],
        [`token=a&client_secret=${client.ClientSecret}`, client],
        [`token=a&client_secret=${client.ClientSecret}`, { token: tenant.token }],
      ] as const) {
        const answer = await post(path, form, by);
        expect(answer, form).toMatchObject({ status: 400, body: { error: "invalid_request" } });
        expect(answer.headers.get("cache-control")).toBe("no-store");
      }
    });

    test(`${path}: 405 for GET, 413 for too much`, async ({ api, post, client }) => {
      expect((await api("GET", path)).status).toBe(405);
      const big = await post(path, `token=${"x".repeat(70_000)}`, client);
      expect(big).toMatchObject({ status: 413, body: { error: "invalid_request" } });
    });
  }

  test("introspection: 403 insufficient_scope for a bearer without introspect", async ({
    post,
    tenant,
  }) => {
    const answer = await post(introspect, { token: tenant.token }, { token: tenant.token });
    expect(answer).toMatchObject({ status: 403, body: { error: "insufficient_scope" } });
    expect(answer.headers.get("www-authenticate")).toMatch(/scope="introspect"/);
  });
});
