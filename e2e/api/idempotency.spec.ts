import { randomUUID } from "node:crypto";
import { query } from "@/e2e/support/database";
import { expectError } from "@/e2e/support/expect-error";
import { expect, test } from "@/e2e/support/test";

test.describe("Idempotency-Key", () => {
  test("a repeated POST /up/v5/entityToken gets the first answer, secret included", async ({
    api,
    tenant,
  }) => {
    const sent = {
      token: tenant.token,
      json: { Name: "ServiceMobility" },
      headers: { "Idempotency-Key": randomUUID() },
    };
    const first = await api("POST", "/up/v5/entityToken", sent);
    const second = await api("POST", "/up/v5/entityToken", sent);
    expect(first.status, first.text).toBe(200);
    expect(first.body.JWT).toMatch(/^sbat_/);
    expect(second.body).toEqual(first.body);
    const { body } = await api("GET", "/up/v5/entityToken", { token: tenant.token });
    expect(body).toHaveLength(2);
    const { status } = await api("GET", "/up/v5/verify", { token: second.body.JWT });
    expect(status).toBe(200);
  });

  test("a repeated replacement answers the same successor, whose predecessor is revoked once", async ({
    api,
    tenant,
    issue,
  }) => {
    const { Id } = await issue(tenant);
    const path = `/up/v5/entityToken/${Id}/replace`;
    const headers = { "Idempotency-Key": "one" };
    const sent = { token: tenant.token, json: { OverlapSeconds: 60 }, headers };
    const first = await api("POST", path, sent);
    const second = await api("POST", path, sent);
    expect(second.body).toEqual(first.body);
    expect(first.body).toMatchObject({ Replaces: Id, JWT: expect.stringMatching(/^sbat_/) });
    expectError(
      await api("POST", path, { ...sent, headers: { "Idempotency-Key": "two" } }),
      409,
      "conflict",
    );
  });

  test("a repeated POST /up/v5/entity provisions one Tenant", async ({ api, masterToken }) => {
    const sent = {
      token: masterToken,
      json: { Name: "Provisioned once", Email: "it@tenant.example" },
      headers: { "Idempotency-Key": randomUUID() },
    };
    const first = await api("POST", "/up/v5/entity", sent);
    const second = await api("POST", "/up/v5/entity", sent);
    expect(first.status, first.text).toBe(200);
    expect(second.body).toEqual(first.body);
  });

  test("409 where the same key asks for something else", async ({ api, tenant, issue }) => {
    const { Id } = await issue(tenant);
    const headers = { "Idempotency-Key": randomUUID() };
    const sent = { token: tenant.token, headers };
    await api("POST", "/up/v5/entityToken", { ...sent, json: { Name: "First" } });
    for (const [path, json] of [
      ["/up/v5/entityToken", { Name: "Other" }],
      ["/up/v5/entityToken", { Name: "First", Active: false }],
      [`/up/v5/entityToken/${Id}/replace`, { OverlapSeconds: 0 }],
    ] as const) {
      expectError(await api("POST", path, { ...sent, json }), 409, "conflict");
    }
  });

  test("of many at once with one key, one does the work and all get its answer", async ({
    api,
    tenant,
  }) => {
    const headers = { "Idempotency-Key": randomUUID() };
    const sent = { token: tenant.token, json: { Name: "Once" }, headers };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => api("POST", "/up/v5/entityToken", sent)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(new Set(answers.map(({ body }) => body.JWT)).size).toBe(1);
    const { body } = await api("GET", "/up/v5/entityToken", { token: tenant.token });
    expect(body).toHaveLength(2);
  });

  test("is a caller's own: another credential's same key is another call", async ({
    api,
    provision,
    issue,
  }) => {
    const [a, b] = [await provision(), await provision()];
    const sibling = await issue(a, { Name: "Sibling", Scopes: ["broker", "tokens:manage"] });
    const headers = { "Idempotency-Key": "shared" };
    const json = { Name: "Same" };
    const answers = [];
    for (const token of [a.token, b.token, sibling.JWT]) {
      answers.push(await api("POST", "/up/v5/entityToken", { token, json, headers }));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.Id)).size).toBe(3);
  });

  test("a refused call leaves its key free", async ({ api, tenant }) => {
    const headers = { "Idempotency-Key": randomUUID() };
    const sent = { token: tenant.token, headers };
    const scopes = ["introspect"];
    const refused = await api("POST", "/up/v5/entityToken", {
      ...sent,
      json: { Name: "Too much", Scopes: scopes },
    });
    expect(refused.status).toBe(403);
    const made = await api("POST", "/up/v5/entityToken", { ...sent, json: { Name: "Enough" } });
    expect(made.status, made.text).toBe(200);
  });

  test("is forgotten after 24 hours", async ({ api, tenant, server }) => {
    const headers = { "Idempotency-Key": randomUUID() };
    const sent = { token: tenant.token, json: { Name: "Daily" }, headers };
    const first = await api("POST", "/up/v5/entityToken", sent);
    await query(
      server.databaseUrl,
      (sql) => sql`
        update idempotent_calls set created_at = now() - interval '24 hours 1 second'
        where tenant_id = ${tenant.entityId}`,
    );
    const second = await api("POST", "/up/v5/entityToken", sent);
    expect(second.status).toBe(200);
    expect(second.body.Id).not.toBe(first.body.Id);
  });

  test("400 naming it for one that is empty, too long or not visible ASCII", async ({
    api,
    tenant,
  }) => {
    for (const key of ["a b", "x".repeat(256), "é"]) {
      const headers = { "Idempotency-Key": key };
      const sent = { token: tenant.token, json: { Name: "Never" }, headers };
      const answer = await api("POST", "/up/v5/entityToken", sent);
      expectError(answer, 400, "invalid_request", ["Idempotency-Key"]);
    }
  });

  test("what is kept reveals neither the key nor the secret", async ({ api, tenant, server }) => {
    const key = randomUUID();
    const { body } = await api("POST", "/up/v5/entityToken", {
      token: tenant.token,
      json: { Name: "Sealed" },
      headers: { "Idempotency-Key": key },
    });
    const [row] = await query(
      server.databaseUrl,
      (sql) =>
        sql`select key_hash, answer from idempotent_calls where tenant_id = ${tenant.entityId}`,
    );
    const kept = Buffer.concat([row?.key_hash, row?.answer]).toString("latin1");
    for (const secret of [key, body.JWT, body.JWT.slice(5, 48)]) expect(kept).not.toContain(secret);
  });
});
