import { randomUUID } from "node:crypto";
import { query } from "@/e2e/support/database";
import { expectSame } from "@/e2e/support/expect-error";
import { expect, test } from "@/e2e/support/test";

const TOKENS = "/up/v5/entityToken";

test.describe("the life of a token, from the command line to its end", () => {
  test("create, verify, rename, deactivate, activate, replace, delete; suspend and activate the Tenant", async ({
    api,
    server,
    tenant: other,
  }) => {
    const created = await server.broker(
      "tenants",
      "create",
      "--name",
      "Acme",
      "--email",
      "a@b.example",
    );
    const { EntityId } = created;
    const token: string = created.DefaultToken.JWT;
    const verify = (bearer: string) => api("GET", "/up/v5/verify", { token: bearer });
    const put = (id: string, json: object) => api("PUT", `${TOKENS}/${id}`, { token, json });

    const { body: made } = await api("POST", TOKENS, {
      token,
      json: { Name: "ServiceScheduling" },
    });
    const verified = await verify(made.JWT);
    expect(verified.status).toBe(200);
    expect(verified.headers.get("x-servicebroker-tenant")).toBe(EntityId);
    expect(verified.headers.get("x-servicebroker-system")).toBe(made.Id);

    expect((await put(made.Id, { Name: "Scheduling, new" })).body.Name).toBe("Scheduling, new");
    expect((await verify(made.JWT)).body.Name).toBe("Scheduling, new");
    await put(made.Id, { Active: false });
    expect((await verify(made.JWT)).status).toBe(401);
    await put(made.Id, { Active: true });
    expect((await verify(made.JWT)).status).toBe(200);

    const replace = { token, json: { OverlapSeconds: 0 } };
    const { body: next } = await api("POST", `${TOKENS}/${made.Id}/replace`, replace);
    expect((await verify(made.JWT)).status).toBe(401);
    expect((await verify(next.JWT)).status).toBe(200);
    await api("DELETE", `${TOKENS}/${next.Id}`, { token });
    expect((await verify(next.JWT)).status).toBe(401);

    await server.broker("tenants", "suspend", EntityId, "--reason", "Unpaid");
    expect((await verify(token)).status).toBe(401);
    await server.broker("tenants", "activate", EntityId);
    expect((await verify(token)).status).toBe(200);

    const foreign = await api("GET", `${TOKENS}/${other.tokenId}`, { token });
    const random = await api("GET", `${TOKENS}/${randomUUID()}`, { token });
    expectSame(foreign, random);
  });
});

test.describe("audit events", () => {
  test("every change writes exactly one, with who, where from and the request id, and no secret", async ({
    api,
    server,
    tenant,
    masterToken,
  }) => {
    const { token, entityId } = tenant;
    const ids: string[] = [];
    const change = async (method: string, path: string, json?: object, bearer = token) => {
      const answer = await api(method, path, { token: bearer, json });
      expect(answer.status, answer.text).toBe(200);
      ids.push(answer.headers.get("x-request-id") ?? "");
      return answer.body;
    };
    const one = await change("POST", TOKENS, { Name: "One" });
    await change("PUT", `${TOKENS}/${one.Id}`, { Name: "Uno" });
    await change("PUT", `${TOKENS}/${one.Id}`, { Active: false });
    await change("PUT", `${TOKENS}/${one.Id}`, { Active: true });
    const two = await change("POST", `${TOKENS}/${one.Id}/replace`, { OverlapSeconds: 60 });
    await change("DELETE", `${TOKENS}/${two.Id}`);
    await change("PUT", `/up/v5/entity/${entityId}`, { Desc: "Changed" });
    await change("PUT", `/up/v5/entity/${entityId}`, { Active: false }, masterToken);
    await change("PUT", `/up/v5/entity/${entityId}`, { Active: true }, masterToken);

    const events = await query(
      server.databaseUrl,
      (sql) => sql`
        select action, request_id, address, e::text as whole from audit_events e
        where tenant_id = ${entityId} and request_id = any(${ids}) order by sequence`,
    );
    expect(events.map(({ action }) => action)).toEqual([
      "token.issued",
      "token.renamed",
      "token.deactivated",
      "token.activated",
      "token.replaced",
      "token.revoked",
      "tenant.updated",
      "tenant.suspended",
      "tenant.activated",
    ]);
    expect(events.map(({ request_id }) => request_id)).toEqual(ids);
    for (const { address, whole } of events) {
      expect(address).toBe("127.0.0.1");
      for (const { JWT } of [one, two]) expect(whole).not.toContain(JWT.slice(5, 48));
    }
  });

  test("what changes nothing, or is refused, writes none", async ({ api, server, tenant }) => {
    const { token, entityId, tokenId } = tenant;
    const count = () =>
      query(
        server.databaseUrl,
        (sql) => sql`select count(*)::int from audit_events where tenant_id = ${entityId}`,
      );
    const before = await count();
    await api("PUT", `${TOKENS}/${tokenId}`, {
      token,
      json: { Name: "Default token", Active: true },
    });
    await api("PUT", `/up/v5/entity/${entityId}`, { token, json: { Name: tenant.name } });
    await api("PUT", `/up/v5/entity/${entityId}`, { token, json: { Active: false } });
    await api("POST", TOKENS, { token, json: { Name: "" } });
    await api("POST", TOKENS, { token, json: { Name: "x", Scopes: ["introspect"] } });
    await api("DELETE", `${TOKENS}/${randomUUID()}`, { token });
    await api("GET", TOKENS, { token });
    expect(await count()).toEqual(before);
  });
});

test.describe("what is stored", () => {
  test("a dump of every table holds no token that was issued", async ({
    api,
    server,
    tenant,
    issue,
  }) => {
    const made = await issue(tenant);
    const replace = { token: tenant.token, json: { OverlapSeconds: 60 } };
    const { body: next } = await api("POST", `${TOKENS}/${made.Id}/replace`, replace);
    const dump = await query(server.databaseUrl, async (sql) => {
      const tables = await sql`select tablename from pg_tables where schemaname = 'public'`;
      const rows = await Promise.all(
        tables.map(({ tablename }) => sql`select t::text as row from ${sql(tablename)} t`),
      );
      return rows
        .flat()
        .map(({ row }) => row)
        .join("\n");
    });
    expect(dump).toContain(made.Id);
    for (const secret of [tenant.token, made.JWT, next.JWT]) {
      const random = secret.slice(5, 48);
      expect(dump).not.toContain(random);
      expect(dump).not.toContain(Buffer.from(secret).toString("hex"));
      expect(dump).not.toContain(Buffer.from(secret).toString("base64"));
    }
  });
});
