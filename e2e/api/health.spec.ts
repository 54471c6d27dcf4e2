import { apiOf } from "@/e2e/support/call";
import { createDatabase, dropDatabase } from "@/e2e/support/database";
import { expectError } from "@/e2e/support/expect-error";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

test.describe("GET /healthz", () => {
  test("200 while the process is up", async ({ api }) => {
    expect(await api("GET", "/healthz")).toMatchObject({ status: 200, body: { status: "up" } });
  });

  test("HEAD answers the same without a body", async ({ api }) => {
    expect(await api("HEAD", "/healthz")).toMatchObject({ status: 200, text: "" });
  });

  test("405 for another method, naming those that there are", async ({ api }) => {
    const answer = await api("POST", "/healthz");
    expectError(answer, 405, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  });
});

test.describe("GET /readyz", () => {
  test("200 once the database answers and its migrations are current", async ({ api }) => {
    expect(await api("GET", "/readyz")).toMatchObject({ status: 200, body: { status: "ready" } });
  });

  test("405 for another method", async ({ api }) => {
    expectError(await api("DELETE", "/readyz"), 405, "method_not_allowed");
  });

  test("503 with Retry-After on a database without our migrations, while the process is up", async () => {
    const database = await createDatabase("template0");
    const server = await startServer({ entry: "next", database, until: "/healthz" });
    const answer = await apiOf(server.url)("GET", "/readyz");
    await server.kill();
    await dropDatabase(database);
    expectError(answer, 503, "database_unavailable");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

test.describe("X-Request-Id", () => {
  test("is the caller's where it is 1 to 128 of the allowed characters", async ({ api }) => {
    for (const id of ["a", "Trace_1.2-3", "x".repeat(128)]) {
      for (const path of ["/healthz", "/up/v5/verify", "/up/v5/entityToken"]) {
        const { headers } = await api("GET", path, { headers: { "X-Request-Id": id } });
        expect(headers.get("x-request-id"), path).toBe(id);
      }
    }
  });

  test("is a fresh one otherwise, never what was sent", async ({ api }) => {
    const seen = new Set<string>();
    for (const id of ["", "a b", "é", "x".repeat(129), "<script>", "a,b"]) {
      for (const path of ["/healthz", "/up/v5/verify", "/up/v5/entityToken"]) {
        const { headers } = await api("GET", path, { headers: { "X-Request-Id": id } });
        expect(headers.get("x-request-id"), `${path} ${id}`).toMatch(/^[0-9a-f-]{36}$/);
        seen.add(headers.get("x-request-id") ?? "");
      }
    }
    expect(seen.size).toBe(18);
  });
});
