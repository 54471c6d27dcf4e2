import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import {
  answerChecks,
  type DocumentedOperation,
  type OpenApi,
  oddText,
  valuesOf,
} from "@/e2e/support/open-api";
import { expect, type IssuedToken, test } from "@/e2e/support/test";
import { generateSecret } from "@/lib/credentials/secret-format";

const CASES = Number(process.env.BROKER_FUZZ_CASES) || 6_000;
const AT_ONCE = 4;

type Case = {
  method: string;
  path: string;
  ids: unknown[];
  query: [string, unknown][];
  token: string | undefined;
  headers: Record<string, string>;
  body: { type: string; text: string } | undefined;
};

/** Characters that a header may hold at all; `fetch` would refuse the others. */
const headerText = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((c) => String.fromCharCode(c)) })
  .filter((text) => !text.includes("\x7f"));

/** Without halves of characters, which no encoding can carry. */
const wellFormed = (text: string) => Buffer.from(text).toString();

test("whatever is sent to an operation, its answer is as its OpenAPI document says, never a 5xx", async ({
  api,
  provision,
  issue,
  masterToken,
}) => {
  test.setTimeout(300_000);
  const document: OpenApi = (await api("GET", "/openapi.json")).body;
  const problemOf = answerChecks(document);
  const [tenant, target] = [await provision(), await provision()];
  const tokens: IssuedToken[] = [];
  for (let i = 0; i < 20; i++) tokens.push(await issue(tenant));
  const clients = document.paths["/up/v5/entityClient"]
    ? await Promise.all(
        Array.from({ length: 10 }, () =>
          api("POST", "/up/v5/entityClient", { token: tenant.token, json: { Name: "Fuzzed" } }),
        ),
      )
    : [];
  const clientIds = clients.map(({ body }) => body.ClientId as string);

  const tokenIds = tokens.map(({ Id }) => Id);
  const idsOf = (path: string) =>
    fc.oneof(
      { weight: 7, arbitrary: fc.constantFrom(...(/Client/.test(path) ? clientIds : tokenIds)) },
      { weight: 1, arbitrary: fc.constantFrom(target.entityId, randomUUID()) },
      { weight: 1, arbitrary: fc.uuid() },
      {
        weight: 1,
        arbitrary: oddText().filter((t) => wellFormed(t) === t && !/^\.{0,2}$/.test(t)),
      },
    );
  const samples = {
    EntityId: fc.constantFrom(tenant.entityId, target.entityId, randomUUID()),
    ClientId: fc.constantFrom("nobody", ...clientIds),
    OverlapSeconds: fc.integer({ min: 0, max: 2_592_000 }),
    Name: fc.constantFrom("ServiceScheduling", "Ännchen ✓", "=1+1"),
    Email: fc.constant("it@tenant.example"),
    Scopes: fc.constantFrom(["broker"], ["broker", "tokens:manage"], []),
    grant_type: fc.constant("client_credentials"),
    GrantType: fc.constant("ClientCredentials"),
    token: fc.constantFrom(...tokens.slice(10).map(({ JWT }) => JWT), generateSecret("sbat_")),
  };
  const bearers = fc.oneof(
    { weight: 6, arbitrary: fc.constant(tenant.token) },
    { weight: 3, arbitrary: fc.constant(masterToken) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "garbage", generateSecret("sbat_")) },
    { weight: 1, arbitrary: headerText },
  );
  const bodyOf = (operation: DocumentedOperation): fc.Arbitrary<Case["body"]> => {
    const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    if (!type || !content) return fc.constant(undefined);
    const write = (value: unknown) =>
      type.includes("form")
        ? new URLSearchParams(
            Object.entries(value ?? {}).map(([name, item]) => [
              name,
              typeof item === "object" ? JSON.stringify(item) : String(item),
            ]),
          ).toString()
        : (JSON.stringify(value) ?? "");
    return fc.oneof(
      {
        weight: 12,
        arbitrary: valuesOf(document, content.schema, samples).map((value) => ({
          type,
          text: write(value),
        })),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          type: fc.constantFrom(type, "text/plain", "application/json", "multipart/form-data"),
          text: oddText(),
        }),
      },
    );
  };
  const cases = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): fc.Arbitrary<Case> => {
      const query = (operation.parameters ?? []).filter((parameter) => parameter.in === "query");
      const queryValues = query.map(({ name, schema }) =>
        valuesOf(document, schema).map((value): [string, unknown] => [name, value]),
      );
      return fc.record({
        method: fc.constant(method.toUpperCase()),
        path: fc.constant(path),
        ids: fc.array(idsOf(path), { minLength: 2, maxLength: 2 }),
        query: fc.oneof(
          { weight: 3, arbitrary: fc.constant<[string, unknown][]>([]) },
          { weight: 2, arbitrary: fc.tuple(...queryValues).map((pairs) => pairs.slice(0, 2)) },
          { weight: 1, arbitrary: fc.array(fc.tuple(oddText(), oddText()), { maxLength: 2 }) },
        ),
        token: bearers,
        headers: fc.dictionary(
          fc.constantFrom("X-Request-Id", "Idempotency-Key", "Accept", "User-Agent", "Cookie"),
          headerText,
          { maxKeys: 1 },
        ),
        body: bodyOf(operation),
      });
    }),
  );

  const seen = new Map<string, number>();
  const run = async ({ method, path, body, ...given }: Case) => {
    const operation = document.paths[path]?.[method.toLowerCase()] as DocumentedOperation;
    let next = 0;
    // Its own Tenant can't be taken from under the others, only the target.
    const wanted = path.startsWith("/up/v5/entity/")
      ? given.ids.map((id) => (method === "GET" ? id : target.entityId))
      : given.ids;
    const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(String(wanted[next++])));
    const pairs = given.query.map(
      ([name, value]) =>
        `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(String(value)))}`,
    );
    const answer = await api(method, filled + (pairs.length > 0 ? `?${pairs.join("&")}` : ""), {
      token: given.token,
      headers: { ...given.headers, ...(body ? { "Content-Type": body.type } : {}) },
      body: body && wellFormed(body.text),
    });
    const { status, headers } = answer;
    const what = `${method} ${filled}`;
    // Plain assertions: Playwright reports each of its own as a step, which costs more than a call.
    assert.ok(status < 500, `${what}: ${status} ${answer.text}`);
    const type = headers.get("content-type");
    const problem = problemOf(operation, { status, type, body: answer.body });
    assert.equal(problem, null, `${what}: ${status} ${answer.text}`);
    assert.match(headers.get("x-request-id") ?? "", /^[A-Za-z0-9._-]{1,128}$/, what);
    const outcome = `${operation.operationId} ${status}`;
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(...cases), { minLength: AT_ONCE, maxLength: AT_ONCE }),
      async (several) => {
        await Promise.all(several.map(run));
      },
    ),
    {
      numRuns: Math.ceil(CASES / AT_ONCE),
      interruptAfterTimeLimit: 240_000,
      markInterruptAsFailure: true,
    },
  );

  const total = [...seen.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThanOrEqual(CASES);
  const outcomes = [...seen.keys()];
  test.info().annotations.push({ type: "cases", description: JSON.stringify([...seen].sort()) });
  // Not all of it bounced off the first check: what is asked for rightly, is done.
  for (const name of ["verify", "listEntityTokens", "createEntityToken", "getEntityToken"]) {
    expect(outcomes).toContain(`${name} 200`);
    expect(outcomes.filter((outcome) => outcome.startsWith(`${name} `)).length).toBeGreaterThan(1);
  }
});
