import { randomUUID } from "node:crypto";
import { expect, test } from "@/e2e/support/portal";

/** Every call of the portal's API on one Tenant: method, path below the Tenant, body. */
const calls = (tokenId: string): [string, string, unknown?][] => [
  ["GET", "/overview"],
  ["GET", "/tokens"],
  ["GET", "/usage?period=7d"],
  ["GET", `/tokens/${tokenId}`],
  ["GET", `/tokens/${tokenId}/usage?period=30d`],
  ["GET", `/tokens/${tokenId}/recent-use`],
  ["GET", `/tokens/${tokenId}/refused-calls`],
  ["POST", "/tokens", { name: "New" }],
  ["PATCH", `/tokens/${tokenId}`, { name: "Renamed" }],
  ["POST", `/tokens/${tokenId}/revoke`],
  ["POST", `/tokens/${tokenId}/replace`, { overlapSeconds: 0 }],
];
const changing = (tokenId: string) => calls(tokenId).filter(([method]) => method !== "GET");

test.describe("The portal's API", () => {
  test("401 without a session, and with a bearer token in its place", async ({
    request,
    tenant,
    server,
  }) => {
    for (const [method, path, data] of calls(tenant.tokenId)) {
      const bearer: Record<string, string> = { Authorization: `Bearer ${tenant.token}` };
      for (const headers of [{}, bearer]) {
        const answer = await request.fetch(`/api/tenants/${tenant.entityId}${path}`, {
          method,
          data,
          headers: { Origin: server.url, ...headers },
        });
        expect(answer.status(), `${method} ${path}`).toBe(401);
        expect((await answer.json()).code).toBe("unauthenticated");
      }
    }
  });

  test("a Tenant that is not one's own answers exactly as one that does not exist", async ({
    asAdmin,
    tenant,
    provision,
    server,
  }) => {
    const page = await asAdmin();
    const other = await provision();
    const unknown = { entityId: randomUUID(), tokenId: randomUUID() };
    const answers = async (of: { entityId: string; tokenId: string }) =>
      Promise.all(
        calls(of.tokenId).map(async ([method, path, data]) => {
          const answer = await page.request.fetch(`/api/tenants/${of.entityId}${path}`, {
            method,
            data,
            headers: { Origin: server.url },
          });
          const { requestId: _, ...body } = await answer.json();
          return { status: answer.status(), body };
        }),
      );
    const foreign = await answers(other);
    expect(foreign).toEqual(await answers(unknown));
    for (const { status } of foreign) expect(status).toBe(404);
    // One's own Tenant does not open another's token either.
    const mixed = await answers({ entityId: tenant.entityId, tokenId: other.tokenId });
    expect(mixed.map(({ status }) => status)).toEqual([
      ...[200, 200, 200, 404, 404, 404, 404],
      ...[200, 404, 404, 404],
    ]);
  });

  test("another Tenant's pages are the same 404 as an unknown one's", async ({
    asAdmin,
    provision,
  }) => {
    const page = await asAdmin();
    const other = await provision();
    for (const id of [other.entityId, randomUUID(), "nonsense"]) {
      for (const path of ["", "/tokens"]) {
        const answer = await page.goto(`/t/${id}${path}`);
        expect(answer?.status()).toBe(404);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
        expect(await page.content()).not.toContain(other.name);
      }
    }
  });

  test("a viewer reads and is refused every change with 403", async ({
    asViewer,
    tenant,
    server,
    api,
  }) => {
    const page = await asViewer();
    for (const [method, path, data] of calls(tenant.tokenId)) {
      const answer = await page.request.fetch(`/api/tenants/${tenant.entityId}${path}`, {
        method,
        data,
        headers: { Origin: server.url },
      });
      expect(answer.status(), `${method} ${path}`).toBe(method === "GET" ? 200 : 403);
    }
    expect((await api("GET", "/up/v5/verify", { token: tenant.token })).status).toBe(200);
  });

  for (const staff of ["support", "operator"] as const) {
    test(`${staff} reads every Tenant, changes none, and the attempt is audited`, async ({
      page,
      tenant,
      person,
      signIn,
      server,
      pageUrl,
    }) => {
      const who = await person({ staff });
      await signIn(who);
      await page.goto(pageUrl("/tokens"));
      await expect(page.getByRole("table", { name: "Tokens" })).toBeVisible();
      await expect(page.getByRole("button", { name: "Issue token" })).toHaveCount(0);
      for (const [method, path, data] of changing(tenant.tokenId)) {
        const answer = await page.request.fetch(`/api/tenants/${tenant.entityId}${path}`, {
          method,
          data,
          headers: { Origin: server.url },
        });
        expect(answer.status(), `${method} ${path}`).toBe(403);
      }
      await page.goto(pageUrl());
      const denials = page.getByText(`${who.email} was refused a change of ${tenant.name}`);
      await expect(denials).toHaveCount(changing(tenant.tokenId).length);
    });
  }

  test("403 for a change whose Origin is missing, null or foreign", async ({
    asAdmin,
    tenant,
    server,
    api,
  }) => {
    const page = await asAdmin();
    const { port } = new URL(server.url);
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const origins = [
      undefined,
      "null",
      "https://evil.example",
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${Number(port) + 1}`,
      `${server.url}.evil.example`,
      `${server.url}/`,
    ];
    for (const origin of origins) {
      for (const [method, path, json] of changing(tenant.tokenId)) {
        const answer = await api(method, `/api/tenants/${tenant.entityId}${path}`, {
          json,
          headers: { Cookie: cookie, ...(origin === undefined ? {} : { Origin: origin }) },
        });
        expect(answer.status, `${origin} ${method} ${path}`).toBe(403);
        expect(answer.body.code).toBe("foreign_origin");
      }
      for (const path of ["/api/auth/signout", "/api/auth/callback/credentials"]) {
        const answer = await api("POST", path, {
          body: "json=true",
          headers: {
            Cookie: cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            ...(origin === undefined ? {} : { Origin: origin }),
          },
        });
        expect(answer.status, `${origin} ${path}`).toBe(403);
      }
    }
    await page.goto(`/t/${tenant.entityId}`);
    await expect(page.getByRole("heading", { level: 1, name: tenant.name })).toBeVisible();
  });

  test("a demoted admin and a removed member are out on the next request", async ({
    asAdmin,
    tenant,
    server,
    pageUrl,
    sql,
  }) => {
    const page = await asAdmin("/tokens");
    const issue = () =>
      page.request.post(`/api/tenants/${tenant.entityId}/tokens`, {
        data: { name: "One more" },
        headers: { Origin: server.url },
      });
    expect((await issue()).status()).toBe(200);
    await sql`update memberships set role = 'viewer' where tenant_id = ${tenant.entityId}`;
    expect((await issue()).status()).toBe(403);
    await page.reload();
    await expect(page.getByRole("region", { name: "Your access" })).toContainText("Read-only");
    await sql`delete from memberships where tenant_id = ${tenant.entityId}`;
    expect((await issue()).status()).toBe(404);
    expect((await page.goto(pageUrl("/tokens")))?.status()).toBe(404);
  });

  test("nothing that it answers may be stored", async ({ asAdmin, tenant }) => {
    const page = await asAdmin();
    for (const path of ["/overview", "/tokens", `/tokens/${tenant.tokenId}`]) {
      const answer = await page.request.get(`/api/tenants/${tenant.entityId}${path}`);
      expect(answer.headers()["cache-control"]).toBe("no-store");
    }
  });
});
