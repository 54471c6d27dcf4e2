import { apiOf } from "@/e2e/support/call";
import { expectError } from "@/e2e/support/expect-error";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

const metricsToken = "metrics-token-of-the-tests";

test.describe("GET /metrics", () => {
  test("404 unless a token was set for it", async ({ api }) => {
    expectError(await api("GET", "/metrics"), 404, "not_found");
  });

  test("adds up the answers of all workers, for the bearer of the token alone", async () => {
    const server = await startServer({
      env: { BROKER_METRICS_TOKEN: metricsToken, WEB_CONCURRENCY: "2" },
    });
    const api = apiOf(server.url);
    const calls = Array.from({ length: 20 }, () => api("GET", "/up/v5/verify"));
    for (const { status } of await Promise.all(calls)) expect(status).toBe(401);

    const metrics = await api("GET", "/metrics", { token: metricsToken });
    expect(metrics.status).toBe(200);
    expect(metrics.headers.get("content-type")).toContain("text/plain");
    expect(metrics.text).toContain('broker_answers_total{surface="verify",status="401"} 20');

    expectError(await api("GET", "/metrics"), 401, "unauthenticated");
    expectError(await api("GET", "/metrics", { token: "another-token" }), 401, "invalid_token");
    await server.stop();
  });
});

test.describe("GET /openapi.json", () => {
  test("is OpenAPI 3.1, with a schema behind each reference", async ({ api }) => {
    const { status, body, text } = await api("GET", "/openapi.json");
    expect(status).toBe(200);
    expect(body.openapi).toBe("3.1.0");
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, name] of references)
      expect(body.components.schemas).toHaveProperty(name as string);
    const ids = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap((path) => Object.values(path))
      .map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("names the rules that validate", async ({ api }) => {
    const { body } = await api("GET", "/openapi.json");
    expect(body.components.schemas.CreateEntityToken).toMatchObject({
      required: ["Name"],
      additionalProperties: false,
      properties: { Name: { type: "string", minLength: 1, maxLength: 100 } },
    });
  });
});

test.describe("GET /docs", () => {
  test("tells of every call of the OpenAPI document", async ({ api }) => {
    const { body } = await api("GET", "/openapi.json");
    const page = await api("GET", "/docs");
    expect(page.status).toBe(200);
    for (const path of Object.keys(body.paths)) expect(page.text).toContain(path);
  });
});
