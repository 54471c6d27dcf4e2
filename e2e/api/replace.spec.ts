import { expectError } from "@/e2e/support/expect-error";
import { expect, test } from "@/e2e/support/test";
import { BAD_NAMES, TIME, TOKEN } from "@/e2e/support/values";

const TOKENS = "/up/v5/entityToken";
const DAYS_30 = 30 * 24 * 60 * 60;

test.describe("POST /up/v5/entityToken/{id}/replace", () => {
  test("200: at once; the old one is refused, the new one is good with its name and scopes", async ({
    api,
    tenant,
    issue,
  }) => {
    const { token } = tenant;
    const Scopes = ["broker", "tokens:read"];
    const old = await issue(tenant, { Name: "ServiceMobility", Scopes });
    const path = `${TOKENS}/${old.Id}/replace`;
    const { status, body } = await api("POST", path, { token, json: { OverlapSeconds: 0 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      EntityId: tenant.entityId,
      Name: "ServiceMobility",
      Scopes,
      JWT: TOKEN,
      Status: "Active",
      Replaces: old.Id,
      ReplacedBy: null,
    });
    expect(body.Id).not.toBe(old.Id);
    expect(await api("GET", "/up/v5/verify", { token: old.JWT })).toMatchObject({ status: 401 });
    expect(await api("GET", "/up/v5/verify", { token: body.JWT })).toMatchObject({ status: 200 });
    const before = await api("GET", `${TOKENS}/${old.Id}`, { token });
    expect(before.body).toMatchObject({ Status: "Revoked", RevokedAt: TIME, ReplacedBy: body.Id });
  });

  test("200: with an overlap both are good, and the old one knows its end", async ({
    api,
    tenant,
    issue,
  }) => {
    const { token } = tenant;
    const old = await issue(tenant);
    const path = `${TOKENS}/${old.Id}/replace`;
    const { body } = await api("POST", path, { token, json: { OverlapSeconds: 3600 } });
    for (const { JWT } of [old, body]) {
      expect(await api("GET", "/up/v5/verify", { token: JWT })).toMatchObject({ status: 200 });
    }
    const before = await api("GET", `${TOKENS}/${old.Id}`, { token });
    expect(before.body).toMatchObject({ Status: "Active", RevokedAt: null, ReplacedBy: body.Id });
    const overlap = Date.parse(before.body.RevokeAt) - Date.parse(body.CreatedAt);
    expect(overlap).toBeGreaterThanOrEqual(3600_000);
    expect(overlap).toBeLessThan(3660_000);
  });

  test("once the overlap has ended the old one is refused and says Revoked", async ({
    api,
    tenant,
    issue,
  }) => {
    const { token } = tenant;
    const old = await issue(tenant);
    const path = `${TOKENS}/${old.Id}/replace`;
    const { body } = await api("POST", path, { token, json: { OverlapSeconds: 1 } });
    const status = async () => (await api("GET", "/up/v5/verify", { token: old.JWT })).status;
    await expect.poll(status).toBe(401);
    const { body: ended } = await api("GET", `${TOKENS}/${old.Id}`, { token });
    expect(ended).toMatchObject({ Status: "Revoked", RevokedAt: ended.RevokeAt });
    expect(await api("GET", "/up/v5/verify", { token: body.JWT })).toMatchObject({ status: 200 });
    const active = { token, json: { Active: true } };
    expectError(await api("PUT", `${TOKENS}/${old.Id}`, active), 409, "conflict");
  });

  test("an overlap can be cut short by DELETE", async ({ api, tenant, issue }) => {
    const { token } = tenant;
    const old = await issue(tenant);
    const json = { OverlapSeconds: DAYS_30 };
    await api("POST", `${TOKENS}/${old.Id}/replace`, { token, json });
    await api("DELETE", `${TOKENS}/${old.Id}`, { token });
    expect(await api("GET", "/up/v5/verify", { token: old.JWT })).toMatchObject({ status: 401 });
  });

  test("a chain of replacements can be walked both ways, each with its own name", async ({
    api,
    tenant,
    issue,
  }) => {
    const { token } = tenant;
    const first = await issue(tenant, { Name: "First" });
    let last: { Id: string; Name: string } = first;
    for (const Name of ["Second", "Third"]) {
      const sent = { token, json: { OverlapSeconds: 0, Name } };
      last = (await api("POST", `${TOKENS}/${last.Id}/replace`, sent)).body;
      expect(last.Name).toBe(Name);
    }
    const get = async (id: string) => (await api("GET", `${TOKENS}/${id}`, { token })).body;
    const second = await get((await get(first.Id)).ReplacedBy);
    expect(second).toMatchObject({ Name: "Second", Replaces: first.Id, ReplacedBy: last.Id });
    expect(await get(last.Id)).toMatchObject({ Name: "Third", Replaces: second.Id });
  });

  test("a token can replace itself", async ({ api, tenant }) => {
    const path = `${TOKENS}/${tenant.tokenId}/replace`;
    const { body } = await api("POST", path, { token: tenant.token, json: { OverlapSeconds: 0 } });
    expectError(await api("GET", TOKENS, { token: tenant.token }), 401, "invalid_token");
    expect(await api("GET", TOKENS, { token: body.JWT })).toMatchObject({ status: 200 });
  });

  test("of two at once one is 200 and the other 409, every time", async ({
    api,
    tenant,
    issue,
  }) => {
    const { token } = tenant;
    for (let round = 0; round < 10; round++) {
      const { Id } = await issue(tenant);
      const path = `${TOKENS}/${Id}/replace`;
      const replace = () => api("POST", path, { token, json: { OverlapSeconds: 60 } });
      const answers = await Promise.all([replace(), replace()]);
      const [won, lost] = answers.sort((one, other) => one.status - other.status);
      expect(won?.status).toBe(200);
      if (lost) expectError(lost, 409, "conflict");
      const { body } = await api("GET", TOKENS, { token });
      const successors = body.filter(({ Replaces }: { Replaces: string }) => Replaces === Id);
      expect(successors.map((successor: { Id: string }) => successor.Id)).toEqual([won?.body.Id]);
    }
  });

  test("409 for one that is replaced or revoked already", async ({ api, tenant, issue }) => {
    const { token } = tenant;
    const json = { OverlapSeconds: 3600 };
    const replaced = await issue(tenant);
    await api("POST", `${TOKENS}/${replaced.Id}/replace`, { token, json });
    const revoked = await issue(tenant);
    await api("DELETE", `${TOKENS}/${revoked.Id}`, { token });
    for (const { Id } of [replaced, revoked]) {
      const answer = await api("POST", `${TOKENS}/${Id}/replace`, { token, json });
      expectError(answer, 409, "conflict");
    }
  });

  test("403 where the old one holds a scope that the caller lacks", async ({
    api,
    tenant,
    issue,
  }) => {
    const { JWT } = await issue(tenant, { Scopes: ["tokens:manage"] });
    const path = `${TOKENS}/${tenant.tokenId}/replace`;
    const answer = await api("POST", path, { token: JWT, json: { OverlapSeconds: 0 } });
    expectError(answer, 403, "insufficient_scope");
    const verified = await api("GET", "/up/v5/verify", { token: tenant.token });
    expect(verified.status).toBe(200);
  });

  test("takes the longest overlap of 30 days", async ({ api, tenant, issue }) => {
    const { Id } = await issue(tenant);
    const sent = { token: tenant.token, json: { OverlapSeconds: DAYS_30 } };
    expect(await api("POST", `${TOKENS}/${Id}/replace`, sent)).toMatchObject({ status: 200 });
  });

  for (const [what, json] of [
    ["none", {}],
    ["less than nothing", { OverlapSeconds: -1 }],
    ["more than 30 days", { OverlapSeconds: DAYS_30 + 1 }],
    ["half a second", { OverlapSeconds: 0.5 }],
    ["a string", { OverlapSeconds: "60" }],
    ["null", { OverlapSeconds: null }],
    ["1e400", { OverlapSeconds: 1e308 * 10 }],
  ] as const) {
    test(`400 naming OverlapSeconds for ${what}`, async ({ api, tenant }) => {
      const path = `${TOKENS}/${tenant.tokenId}/replace`;
      const answer = await api("POST", path, { token: tenant.token, json });
      expectError(answer, 400, "invalid_request", ["OverlapSeconds"]);
    });
  }

  for (const [what, Name] of BAD_NAMES) {
    test(`400 naming Name for ${what}`, async ({ api, tenant }) => {
      const path = `${TOKENS}/${tenant.tokenId}/replace`;
      const sent = { token: tenant.token, json: { OverlapSeconds: 0, Name } };
      expectError(await api("POST", path, sent), 400, "invalid_request", ["Name"]);
    });
  }
});
