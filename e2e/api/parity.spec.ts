import { randomUUID } from "node:crypto";
import { expressPaths } from "@/bin/express-lane";
import { type Answer, type Api, apiOf, type Sent } from "@/e2e/support/call";
import { startServer, type TestServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";
import { generateSecret } from "@/lib/credentials/secret-format";

/** What belongs to one connection, or is Next's own for its pages: not to the answer. */
const OF_THE_CONNECTION = [
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
  "vary",
];

/** Status, headers and body; ids that are made afresh in each answer give way to a word. */
function comparable({ status, headers, text }: Answer, url: string) {
  const kept = [...headers].filter(([name]) => !OF_THE_CONNECTION.includes(name));
  const id = headers.get("x-request-id") ?? "";
  const made =
    /(?<="access_token":")[^"]+|sbat_[0-9A-Za-z…]+|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  const plain = (value: string) =>
    value
      .replace(/"LastUsedAt":(null|"[^"]*")/g, '"LastUsedAt":"{some time}"')
      .replaceAll(id || "\0", "{id}")
      .replaceAll(url, "{url}")
      .replace(made, "{made}");
  return {
    status,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, plain(value)])),
    text: plain(text),
  };
}

test.describe("our server entry and plain next start give identical answers", () => {
  let start: TestServer;
  let next: TestServer;
  let tenant: { EntityId: string; DefaultToken: { Id: string; JWT: string } };
  let reader: { JWT: string };
  let client: { ClientId: string; ClientSecret: string };
  let jwt: string;

  test.beforeAll(async () => {
    start = await startServer();
    const { databaseUrl: database, env } = start;
    const { BROKER_SECRET_KEY, BROKER_PUBLIC_URL } = env;
    const shared = { BROKER_SECRET_KEY, BROKER_PUBLIC_URL };
    next = await startServer({ entry: "next", database, env: shared });
    tenant = await start.broker("tenants", "create", "--name", "Twin", "--email", "a@b.example");
    const { EntityId } = tenant;
    const args = ["--tenant", EntityId, "--name", "Zürich", "--scopes", "tokens:read"];
    reader = await start.broker("tokens", "issue", ...args);
    client = await start.broker("clients", "create", "--tenant", EntityId, "--name", "Robot");
    jwt = (await apiOf(start.url)("POST", ACCESS_TOKEN, { json: asked() })).body.access_token;
  });
  test.afterAll(async () => {
    await next?.kill();
    await start?.stop();
  });

  const TOKENS = "/up/v5/entityToken";
  const VERIFY = "/up/v5/verify";
  const ACCESS_TOKEN = "/up/v5/oauth2/accessToken";
  const token = () => tenant.DefaultToken.JWT;
  const asked = () => ({
    ClientId: client.ClientId,
    ClientSecret: client.ClientSecret,
    GrantType: "ClientCredentials",
    ExpiresInSeconds: 600,
  });
  /** A form of OAuth 2.0, by the client itself unless told otherwise. */
  const form = (fields: Record<string, string>): Sent => ({
    body: new URLSearchParams({
      client_id: client.ClientId,
      client_secret: client.ClientSecret,
      ...fields,
    }),
  });
  const grant = { grant_type: "client_credentials" };
  const absent = randomUUID();
  const unknown = generateSecret("sbat_");
  const big = JSON.stringify({ Name: "x".repeat(70_000) });

  const requests: [string, string, () => string, (() => Sent)?][] = [
    ...["GET", "POST", "HEAD"].flatMap((method): typeof requests => [
      ["verify", method, () => VERIFY, () => ({ token: token() })],
      ["verify a name beyond ASCII", method, () => VERIFY, () => ({ token: reader.JWT })],
      ["verify an unknown token", method, () => VERIFY, () => ({ token: unknown })],
      ["verify nothing", method, () => VERIFY],
    ]),
    ["verify a malformed token", "GET", () => VERIFY, () => ({ token: "x" })],
    ["verify a scope", "GET", () => `${VERIFY}?scope=broker`, () => ({ token: token() })],
    ["verify a missing scope", "GET", () => `${VERIFY}?scope=a%20b`, () => ({ token: token() })],
    ["verify a scope that is none", "GET", () => `${VERIFY}?scope=%22`, () => ({ token: token() })],
    ["verify a token in the query", "GET", () => `${VERIFY}?access_token=x`],
    ["verify with a body", "POST", () => VERIFY, () => ({ token: token(), json: { a: 1 } })],
    ["verify by PUT", "PUT", () => VERIFY, () => ({ token: token() })],
    ["verify by OPTIONS", "OPTIONS", () => VERIFY],
    [
      "verify with a request id",
      "GET",
      () => VERIFY,
      () => ({ headers: { "X-Request-Id": "a1" } }),
    ],
    [
      "verify with a bad request id",
      "GET",
      () => VERIFY,
      () => ({ headers: { "X-Request-Id": "a b" } }),
    ],
    ["verify in other letters", "GET", () => "/up/v5/Verify", () => ({ token: token() })],
    ["verify by an encoded path", "GET", () => "/up/v5/%76erify", () => ({ token: token() })],
    ["verify a JWT", "GET", () => VERIFY, () => ({ token: jwt })],
    ["access token", "POST", () => ACCESS_TOKEN, () => ({ json: asked() })],
    [
      "access token for a wrong secret",
      "POST",
      () => ACCESS_TOKEN,
      () => ({ json: { ...asked(), ClientSecret: "x" } }),
    ],
    ["access token for nothing", "POST", () => ACCESS_TOKEN, () => ({ json: {} })],
    ["access token by GET", "GET", () => ACCESS_TOKEN],
    ["token", "POST", () => "/oauth2/token", () => form(grant)],
    [
      "token for a wrong secret",
      "POST",
      () => "/oauth2/token",
      () => form({ ...grant, client_secret: "x" }),
    ],
    ["token for another grant", "POST", () => "/oauth2/token", () => form({ grant_type: "x" })],
    ["token as JSON", "POST", () => "/oauth2/token", () => ({ json: grant })],
    ["introspect a token", "POST", () => "/oauth2/introspect", () => form({ token: token() })],
    ["introspect a JWT", "POST", () => "/oauth2/introspect", () => form({ token: jwt })],
    ["introspect nonsense", "POST", () => "/oauth2/introspect", () => form({ token: "x" })],
    ["introspect nothing", "POST", () => "/oauth2/introspect", () => form({})],
    ["revoke nonsense", "POST", () => "/oauth2/revoke", () => form({ token: "x" })],
    ["revoke nothing", "POST", () => "/oauth2/revoke", () => form({})],
    ["keys", "GET", () => "/.well-known/jwks.json"],
    ["keys, HEAD", "HEAD", () => "/.well-known/jwks.json"],
    ["list", "GET", () => TOKENS, () => ({ token: token() })],
    ["list, HEAD", "HEAD", () => TOKENS, () => ({ token: token() })],
    ["list without a credential", "GET", () => TOKENS],
    ["list with a bad query", "GET", () => `${TOKENS}?limit=0&x=1`, () => ({ token: token() })],
    ["get", "GET", () => `${TOKENS}/${tenant.DefaultToken.Id}`, () => ({ token: token() })],
    ["get what is absent", "GET", () => `${TOKENS}/${absent}`, () => ({ token: token() })],
    [
      "get without the scope",
      "PUT",
      () => `${TOKENS}/${absent}`,
      () => ({ token: reader.JWT, json: {} }),
    ],
    ["issue", "POST", () => TOKENS, () => ({ token: token(), json: { Name: "New" } })],
    ["issue with wrong fields", "POST", () => TOKENS, () => ({ token: token(), json: { Nme: 1 } })],
    [
      "issue with malformed JSON",
      "POST",
      () => TOKENS,
      () => ({ token: token(), body: "{", headers: { "Content-Type": "application/json" } }),
    ],
    ["issue with text", "POST", () => TOKENS, () => ({ token: token(), body: "{}" })],
    [
      "issue with too much",
      "POST",
      () => TOKENS,
      () => ({ token: token(), body: big, headers: { "Content-Type": "application/json" } }),
    ],
    [
      "rename",
      "PUT",
      () => `${TOKENS}/${tenant.DefaultToken.Id}`,
      () => ({ token: token(), json: { Name: "Same" } }),
    ],
    ["patch", "PATCH", () => TOKENS, () => ({ token: token() })],
    ["Tenant", "GET", () => `/up/v5/entity/${tenant.EntityId}`, () => ({ token: token() })],
    ["another Tenant", "GET", () => `/up/v5/entity/${absent}`, () => ({ token: token() })],
    [
      "provision without the scope",
      "POST",
      () => "/up/v5/entity",
      () => ({ token: token(), json: {} }),
    ],
    ["no such path", "GET", () => "/up/v5/nothing", () => ({ token: token() })],
    ["health", "GET", () => "/healthz"],
    ["readiness", "GET", () => "/readyz"],
    ["OpenAPI", "GET", () => "/openapi.json"],
  ];

  test("each path that is answered before Next's router is among them", () => {
    const covered = requests.map(([, , path]) => path());
    expect(expressPaths.filter((path) => !covered.includes(path))).toEqual([]);
  });

  for (const [what, method, path, sent] of requests) {
    test(`${what}: ${method}`, async () => {
      const { headers, ...rest } = sent?.() ?? {};
      const plain = { "Accept-Encoding": "identity", ...headers };
      const ask = (api: Api) => api(method, path(), { ...rest, headers: plain });
      const one = await ask(apiOf(start.url));
      const other = await ask(apiOf(next.url));
      expect(comparable(one, start.url)).toEqual(comparable(other, start.url));
    });
  }
});
