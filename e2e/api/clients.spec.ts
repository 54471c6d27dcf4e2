import { randomUUID } from "node:crypto";
import { query } from "@/e2e/support/database";
import { expectError, expectSame } from "@/e2e/support/expect-error";
import { expect, test } from "@/e2e/support/oauth";

const path = "/up/v5/entityClient";

test.describe("POST /up/v5/entityClient", () => {
  test("creates a client and shows its secret this once", async ({ api, tenant }) => {
    const { status, body, headers } = await api("POST", path, {
      token: tenant.token,
      json: { Name: " ERP ", Scopes: ["tokens:manage", "broker"] },
    });
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({
      EntityId: tenant.entityId,
      Name: "ERP",
      Scopes: ["broker", "tokens:manage"],
      Active: true,
      Status: "Active",
      LastUsedAt: null,
      RevokedAt: null,
    });
    expect(body.ClientId).toMatch(/^sbcl_[0-9A-Za-z]{22}$/);
    expect(body.ClientSecret).toMatch(/^sbcs_[0-9A-Za-z]{49}$/);
    expect(body.Secrets).toEqual([
      {
        Id: body.ClientSecretId,
        Hint: `sbcs_…${body.ClientSecret.slice(-4)}`,
        CreatedAt: expect.any(String),
      },
    ]);
    const read = await api("GET", `${path}/${body.ClientId}`, { token: tenant.token });
    const { ClientSecret, ClientSecretId, ...rest } = body;
    expect(read.body).toEqual(rest);
  });

  test("gives the scope broker unless asked otherwise", async ({ client }) => {
    expect(client.Scopes).toEqual(["broker"]);
  });

  test("stores only the SHA-256 of the secret", async ({ server, client }) => {
    const rows = await query(
      server.databaseUrl,
      (sql) => sql`select s::text as row from client_secrets s where id = ${client.ClientSecretId}`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(client.ClientSecret.slice(5, 30));
  });

  test("400 names each field that is wrong", async ({ api, tenant }) => {
    const { token } = tenant;
    expectError(await api("POST", path, { token, json: {} }), 400, "invalid_request", ["Name"]);
    const wrong = { Name: "x", Secret: "mine", Scopes: ["everything"] };
    expectError(await api("POST", path, { token, json: wrong }), 400, "invalid_request", [
      "Scopes.0",
      "Secret",
    ]);
    const masters = { Name: "x", Scopes: ["tenants:manage"] };
    expectError(await api("POST", path, { token, json: masters }), 400, "invalid_request", [
      "Scopes.0",
    ]);
  });

  test("403 for a scope that the caller lacks itself, and without tokens:manage", async ({
    api,
    tenant,
    issue,
  }) => {
    const wider = { Name: "x", Scopes: ["audit:read"] };
    const refused = await api("POST", path, { token: tenant.token, json: wider });
    expectError(refused, 403, "insufficient_scope");
    const { JWT } = await issue(tenant, { Scopes: ["broker"] });
    const json = { Name: "x" };
    expectError(await api("POST", path, { token: JWT, json }), 403, "insufficient_scope");
  });

  test("the same Idempotency-Key makes one client", async ({ api, tenant }) => {
    const sent = {
      token: tenant.token,
      json: { Name: "Once" },
      headers: { "Idempotency-Key": randomUUID() },
    };
    const first = await api("POST", path, sent);
    const second = await api("POST", path, sent);
    expect(second.body).toEqual(first.body);
    const { body } = await api("GET", path, { token: tenant.token });
    expect(body).toHaveLength(1);
  });
});

test.describe("GET /up/v5/entityClient", () => {
  test("lists the Tenant's clients, newest first, by pages and status, never a secret", async ({
    api,
    tenant,
    createClient,
    provision,
  }) => {
    const made = [];
    for (const Name of ["a", "b", "c"]) made.push(await createClient(tenant, { Name }));
    await createClient(await provision(), { Name: "foreign" });
    const [a, b, c] = made.map(({ ClientId }) => ClientId);
    const idsOf = async (search: string) => {
      const { body, text } = await api("GET", path + search, { token: tenant.token });
      expect(text).not.toContain("ClientSecret");
      return body.map(({ ClientId }: { ClientId: string }) => ClientId);
    };
    expect(await idsOf("")).toEqual([c, b, a]);
    expect(await idsOf("?limit=2")).toEqual([c, b]);
    expect(await idsOf(`?limit=2&after=${b}`)).toEqual([a]);
    await api("DELETE", `${path}/${b}`, { token: tenant.token });
    expect(await idsOf("?status=Active")).toEqual([c, a]);
    expect(await idsOf("?status=Revoked")).toEqual([b]);
  });
});

test.describe("PUT /up/v5/entityClient/{id}", () => {
  test("renames and deactivates; its JWTs and secret are refused until it is active again", async ({
    api,
    tenant,
    client,
    post,
    jwtOf,
  }) => {
    const jwt = await jwtOf(client);
    const put = (json: unknown) =>
      api("PUT", `${path}/${client.ClientId}`, { token: tenant.token, json });
    const off = await put({ Name: "Renamed", Active: false });
    expect(off.body).toMatchObject({ Name: "Renamed", Active: false, Status: "Inactive" });
    expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(401);
    const grant = { grant_type: "client_credentials" };
    expect((await post("/oauth2/token", grant, client)).status).toBe(401);
    await put({ Active: true });
    expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(200);
    expect((await post("/oauth2/token", grant, client)).status).toBe(200);
  });

  test("400 for ids that contradict the path, and for nothing to change", async ({
    api,
    tenant,
    client,
  }) => {
    const put = (json: unknown) =>
      api("PUT", `${path}/${client.ClientId}`, { token: tenant.token, json });
    const ids = { ClientId: `sbcl_${"x".repeat(22)}`, EntityId: randomUUID(), Name: "x" };
    expectError(await put(ids), 400, "invalid_request", ["ClientId", "EntityId"]);
    expectError(await put({}), 400, "invalid_request");
    const same = { ClientId: client.ClientId, EntityId: tenant.entityId, Name: "Same" };
    expect((await put(same)).status).toBe(200);
  });
});

test.describe("DELETE /up/v5/entityClient/{id}", () => {
  test("revokes for good, with secrets and JWTs; a second one answers the same", async ({
    api,
    tenant,
    client,
    post,
    jwtOf,
  }) => {
    const jwt = await jwtOf(client);
    const url = `${path}/${client.ClientId}`;
    const first = await api("DELETE", url, { token: tenant.token });
    expect(first.body).toMatchObject({ Status: "Revoked", Active: false });
    expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(401);
    const again = await post("/oauth2/token", { grant_type: "client_credentials" }, client);
    expect(again).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    const second = await api("DELETE", url, { token: tenant.token });
    expect(second.body).toEqual({ ...first.body, LastUsedAt: second.body.LastUsedAt });
    const json = { Active: true };
    expectError(await api("PUT", url, { token: tenant.token, json }), 409, "conflict");
    expectError(await api("POST", `${url}/secrets`, { token: tenant.token }), 409, "conflict");
  });
});

test.describe("secrets of a client", () => {
  test("are replaced without an outage: add, use both, retire one", async ({
    api,
    tenant,
    client,
    post,
    jwtOf,
  }) => {
    const { token } = tenant;
    const url = `${path}/${client.ClientId}/secrets`;
    const jwt = await jwtOf(client);
    const { body: added } = await api("POST", url, { token });
    expect(added.Secrets).toHaveLength(2);
    await jwtOf(client);
    await jwtOf(added);
    expectError(await api("POST", url, { token }), 409, "conflict");

    const retired = await api("DELETE", `${url}/${client.ClientSecretId}`, { token });
    expect(retired.body.Secrets).toHaveLength(1);
    const grant = { grant_type: "client_credentials" };
    expect((await post("/oauth2/token", grant, client)).status).toBe(401);
    expect((await post("/oauth2/token", grant, added)).status).toBe(200);
    expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(200);
    const again = await api("DELETE", `${url}/${client.ClientSecretId}`, { token });
    expect(again.body).toEqual({ ...retired.body, LastUsedAt: again.body.LastUsedAt });
  });

  test("409 for retiring the only one", async ({ api, tenant, client }) => {
    const url = `${path}/${client.ClientId}/secrets/${client.ClientSecretId}`;
    expectError(await api("DELETE", url, { token: tenant.token }), 409, "conflict");
  });

  test("403 for adding one to a client that may do more than the caller", async ({
    api,
    tenant,
    server,
  }) => {
    const wide = await server.broker(
      ...["clients", "create", "--tenant", tenant.entityId, "--name", "Wide"],
      ...["--scopes", "broker audit:read"],
    );
    const url = `${path}/${wide.ClientId}/secrets`;
    expectError(await api("POST", url, { token: tenant.token }), 403, "insufficient_scope");
  });
});

test.describe("another Tenant's client", () => {
  test("looks like one that does not exist", async ({ api, client, provision, createClient }) => {
    const other = await provision();
    await createClient(other);
    const absent = `sbcl_${"a".repeat(22)}`;
    const json = { Name: "mine" };
    for (const [method, rest, sent] of [
      ["GET", "", {}],
      ["PUT", "", { json }],
      ["DELETE", "", {}],
      ["POST", "/secrets", {}],
      ["DELETE", `/secrets/${client.ClientSecretId}`, {}],
    ] as const) {
      const { token } = other;
      const foreign = await api(method, `${path}/${client.ClientId}${rest}`, { token, ...sent });
      expectError(foreign, 404, "not_found");
      expectSame(foreign, await api(method, `${path}/${absent}${rest}`, { token, ...sent }));
    }
  });
});

test.describe("broker clients", () => {
  test("create, list, secrets add, secrets retire and revoke", async ({ server, tenant, post }) => {
    const { broker } = server;
    const made = await broker("clients", "create", "--tenant", tenant.entityId, "--name", "CLI");
    expect(made).toMatchObject({ Name: "CLI", Scopes: ["broker"], Active: true });
    const grant = { grant_type: "client_credentials" };
    expect((await post("/oauth2/token", grant, made)).status).toBe(200);
    const added = await broker("clients", "secrets", "add", made.ClientId);
    expect((await post("/oauth2/token", grant, added)).status).toBe(200);
    await broker("clients", "secrets", "retire", made.ClientId, made.ClientSecretId);
    expect((await post("/oauth2/token", grant, made)).status).toBe(401);
    const [listed] = await broker("clients", "list", "--tenant", tenant.entityId);
    expect(listed).toMatchObject({ ClientId: made.ClientId, Status: "Active" });
    expect(listed).not.toHaveProperty("ClientSecret");
    const revoked = await broker("clients", "revoke", made.ClientId);
    expect(revoked).toMatchObject({ ClientId: made.ClientId, Status: "Revoked" });
    expect((await post("/oauth2/token", grant, added)).status).toBe(401);
    const unknown = await broker.run("clients", "revoke", `sbcl_${"a".repeat(22)}`);
    expect(unknown).toMatchObject({ status: 1, stdout: "" });
  });
});

test.describe("the audit log", () => {
  test("tells of every change to a client, never a secret", async ({
    api,
    tenant,
    client,
    server,
  }) => {
    const { token } = tenant;
    const url = `${path}/${client.ClientId}`;
    await api("PUT", url, { token, json: { Name: "New", Active: false } });
    const { body: added } = await api("POST", `${url}/secrets`, { token });
    await api("DELETE", `${url}/secrets/${client.ClientSecretId}`, { token });
    await api("DELETE", url, { token });
    const rows = await query(
      server.databaseUrl,
      (sql) =>
        sql`select action, e::text as row from audit_events e where target_id = ${client.ClientId} order by sequence`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "client.created",
      "client.renamed",
      "client.deactivated",
      "client.secret-added",
      "client.secret-retired",
      "client.revoked",
    ]);
    const text = rows.map(({ row }) => row).join("\n");
    for (const { ClientSecret } of [client, added]) {
      expect(text).not.toContain(ClientSecret.slice(5, 30));
    }
  });
});
