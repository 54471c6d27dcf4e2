import { randomUUID } from "node:crypto";
import { query } from "@/e2e/support/database";
import { expect, partsOf, privateKeyOf, signEs256, test } from "@/e2e/support/oauth";

test.describe("GET /up/v5/verify with a JWT", () => {
  test("200 with client, Tenant and expiry, in body and headers", async ({
    api,
    client,
    jwtOf,
  }) => {
    const token = await jwtOf(client);
    const { status, body, headers } = await api("GET", "/up/v5/verify", { token });
    expect(status).toBe(200);
    expect(body).toEqual({
      Active: true,
      EntityId: client.EntityId,
      ClientId: client.ClientId,
      Name: client.Name,
      AuthType: "JWT",
      Scopes: ["broker"],
      ExpiresAt: new Date(partsOf(token).payload.exp * 1000).toISOString(),
    });
    expect(headers.get("x-servicebroker-tenant")).toBe(client.EntityId);
    expect(headers.get("x-servicebroker-system")).toBe(client.ClientId);
    expect(headers.get("x-servicebroker-auth-type")).toBe("JWT");
    expect((await api("GET", "/up/v5/verify", { token: `secret-token:${token}` })).status).toBe(
      200,
    );
  });

  test("each JWT of a client is answered with its own scopes and its own end", async ({
    api,
    server,
    tenant,
    createClient,
    jwtOf,
  }) => {
    const held = ["broker", "tokens:read", "tokens:manage"];
    const client = await createClient(tenant, { Scopes: held });
    const { header, payload } = partsOf(await jwtOf(client));
    const key = await privateKeyOf(server, header.kid);
    const choices = held.flatMap((first) =>
      held.map((second) => (first === second ? first : `${first} ${second}`)),
    );
    const shown = choices.flatMap((scope, index) =>
      [0, 60 + index].map((later) => {
        const claims = { ...payload, scope, exp: payload.exp + later, jti: randomUUID() };
        return { claims, token: signEs256(header, claims, key) };
      }),
    );
    for (let time = 0; time < 4; time++) {
      for (const { claims, token } of shown) {
        const { body, headers } = await api("GET", "/up/v5/verify", { token });
        expect(body.Scopes).toEqual(claims.scope.split(" "));
        expect(body.ExpiresAt).toBe(new Date(claims.exp * 1000).toISOString());
        expect(headers.get("x-servicebroker-scopes")).toBe(claims.scope);
      }
    }
    await query(
      server.databaseUrl,
      (sql) =>
        sql`update clients set scopes = '{tokens:read}' where client_id = ${client.ClientId}`,
    );
    for (const { claims, token } of shown) {
      const { body } = await api("GET", "/up/v5/verify", { token });
      const left = claims.scope.split(" ").filter((scope: string) => scope === "tokens:read");
      expect(body.Scopes).toEqual(left);
    }
  });

  test("AuthType says which kind of credential is good, from the next request on", async ({
    api,
    tenant,
    client,
    jwtOf,
  }) => {
    const jwt = await jwtOf(client);
    const both = async () =>
      Promise.all(
        [tenant.token, jwt].map(
          async (token) => (await api("GET", "/up/v5/verify", { token })).status,
        ),
      );
    const set = (AuthType: string, token: string) =>
      api("PUT", `/up/v5/entity/${tenant.entityId}`, { token, json: { AuthType } });
    expect(await both()).toEqual([200, 200]);
    expect((await set("SystemAccessToken", tenant.token)).status).toBe(200);
    expect(await both()).toEqual([200, 401]);
    expect((await set("JWT", tenant.token)).status).toBe(200);
    expect(await both()).toEqual([401, 200]);
  });
});
