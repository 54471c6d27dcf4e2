import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { type Answer, type Api, apiOf } from "@/e2e/support/call";
import { shape } from "@/e2e/support/expect-error";
import type { TestServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";
import { generateSecret } from "@/lib/credentials/secret-format";
import { operations } from "@/lib/openapi/document";
import type { Operation } from "@/lib/openapi/operation";

type Actor = { token?: string; scopes: string[]; kind: "none" | "a" | "jwt" | "b" | "master" };
type Tenant = { entityId: string; token: string };
type Target = { path: Record<string, string>; json?: unknown; form?: Record<string, string> };

/**
 * What one operation acts on, as each actor in turn: a thing of Tenant A (`own`), the like of
 * Tenant B (`foreign`), and one that doesn't exist (`random`). `expected` where it isn't what the
 * operation's scope says.
 */
type Row = {
  target: (of: Tenant | null) => Promise<Target> | Target;
  expected?: (actor: Actor) => number;
};

let api: Api;
let server: TestServer;
let master: string;
let a: Tenant;
let b: Tenant;
let actors: Record<string, Actor>;

const full = ["broker", "tokens:read", "tokens:manage", "audit:read", "introspect"];
const has = (name: string) => operations.some(({ id }) => id === name);
const call = async (method: string, path: string, token: string, json?: unknown) => {
  const answer = await api(method, path, { token, json });
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(200);
  return answer.body;
};

async function newTenant(): Promise<Tenant> {
  const json = { Name: `Matrix ${randomUUID()}`, Email: "it@tenant.example" };
  const { EntityId, DefaultToken } = await call("POST", "/up/v5/entity", master, json);
  return { entityId: EntityId, token: DefaultToken.JWT };
}
const issue = (tenant: Tenant, scopes: string[]) =>
  server
    .broker(
      ...["tokens", "issue", "--tenant", tenant.entityId, "--name", "Actor"],
      ...["--scopes", scopes.join(" ")],
    )
    .then(({ JWT }) => JWT as string);

async function jwtOf(tenant: Tenant, scopes: string[]): Promise<string> {
  const made = await server.broker(
    ...["clients", "create", "--tenant", tenant.entityId, "--name", "Actor"],
    ...["--scopes", scopes.join(" ")],
  );
  const json = {
    ClientId: made.ClientId,
    ClientSecret: made.ClientSecret,
    GrantType: "ClientCredentials",
    ExpiresInSeconds: 3600,
  };
  return (await api("POST", "/up/v5/oauth2/accessToken", { json })).body.access_token;
}

const newToken = (tenant: Tenant, json: object = { Name: "Target" }) =>
  call("POST", "/up/v5/entityToken", tenant.token, json);
const newClient = (tenant: Tenant) =>
  call("POST", "/up/v5/entityClient", tenant.token, { Name: "Target" });

const tokenTarget = (json?: unknown) => async (of: Tenant | null) => ({
  path: { id: of ? (await newToken(of)).Id : randomUUID() },
  json,
});
const clientTarget = (json?: unknown) => async (of: Tenant | null) => ({
  path: { id: of ? (await newClient(of)).ClientId : randomClientId() },
  json,
});
const hook = "https://hooks.tenant.example/audit";
/** A webhook of a Tenant, in place of those that it had: it may have a few only. */
async function newWebhook(tenant: Tenant): Promise<string> {
  const token = actors[tenant === a ? "A, every scope" : "B, every scope"]?.token as string;
  for (const { Id } of await call("GET", "/up/v5/entityWebhook", token)) {
    await call("DELETE", `/up/v5/entityWebhook/${Id}`, token);
  }
  return (await call("POST", "/up/v5/entityWebhook", token, { Url: hook })).Id;
}
const webhookTarget = (json?: unknown) => async (of: Tenant | null) => ({
  path: { id: of ? await newWebhook(of) : randomUUID() },
  json,
});
/** Of the very form that client ids have. */
const randomClientId = () =>
  sampleClientId.replace(/[0-9A-Za-z]{8}$/, randomBytes(4).toString("hex"));
let sampleClientId = "";

const nothing = () => ({ path: {} });
const entity = (json?: unknown) => async (of: Tenant | null) => ({
  path: { id: of?.entityId ?? randomUUID() },
  json,
});
const credentialForm = async (of: Tenant | null) => ({
  path: {},
  form: { token: of ? (await newToken(of)).JWT : generateSecret("sbat_") },
});

const rows: Record<string, Row> = {
  verify: { target: nothing },
  verifyByPost: { target: nothing },
  listEntityTokens: { target: nothing },
  createEntityToken: { target: () => ({ path: {}, json: { Name: "Made" } }) },
  getEntityToken: { target: tokenTarget() },
  updateEntityToken: { target: tokenTarget({ Name: "Renamed" }) },
  revokeEntityToken: { target: tokenTarget() },
  replaceEntityToken: { target: tokenTarget({ OverlapSeconds: 60 }) },
  getEntityTokenUsage: { target: tokenTarget() },
  listAudit: { target: nothing },
  listEntityWebhooks: { target: nothing },
  createEntityWebhook: {
    target: async () => {
      await newWebhook(a);
      return { path: {}, json: { Url: hook } };
    },
  },
  getEntityWebhook: { target: webhookTarget() },
  updateEntityWebhook: { target: webhookTarget({ Active: false }) },
  removeEntityWebhook: { target: webhookTarget() },
  replayEntityWebhook: { target: webhookTarget({ FromSequence: 1 }) },
  listEntityClients: { target: nothing },
  createEntityClient: { target: () => ({ path: {}, json: { Name: "Made" } }) },
  getEntityClient: { target: clientTarget() },
  updateEntityClient: { target: clientTarget({ Name: "Renamed" }) },
  revokeEntityClient: { target: clientTarget() },
  addEntityClientSecret: { target: clientTarget() },
  retireEntityClientSecret: {
    target: async (of) => {
      if (!of) return { path: { id: randomClientId(), secretId: randomUUID() } };
      const { ClientId } = await newClient(of);
      const path = `/up/v5/entityClient/${ClientId}/secrets`;
      const { Secrets } = await call("POST", path, of.token);
      return { path: { id: ClientId, secretId: Secrets[0].Id } };
    },
  },
  createEntity: {
    target: () => ({ path: {}, json: { Name: "Made", Email: "it@tenant.example" } }),
  },
  getEntity: {
    target: entity(),
    expected: ({ kind }) => ({ none: 401, a: 200, jwt: 200, b: 404, master: 200 })[kind],
  },
  updateEntity: {
    target: entity({ Desc: "Changed" }),
    expected: ({ kind, scopes }) => {
      if (kind === "none") return 401;
      if (kind === "b") return 404;
      return kind === "master" || scopes.includes("tokens:manage") ? 200 : 403;
    },
  },
  // Of the own Tenant only what isn't there: else there would be none for those that follow.
  deleteEntity: {
    target: async (of) => ({
      path: { id: of === a ? (await newTenant()).entityId : (of?.entityId ?? randomUUID()) },
    }),
  },
  userInfo: { target: nothing, expected: ({ kind }) => (kind === "jwt" ? 200 : 401) },
  introspect: { target: credentialForm },
  revoke: {
    target: credentialForm,
    // Another Tenant's token is passed over in silence (RFC 7009 section 2.2).
    expected: ({ kind, scopes }) => {
      if (kind === "none") return 401;
      const mine = kind === "a" || kind === "jwt";
      return mine && !scopes.includes("tokens:manage") ? 403 : 200;
    },
  },
};

function expectedOf(operation: Operation, row: Row, actor: Actor): number {
  if (row.expected) return row.expected(actor);
  if (actor.kind === "none") return 401;
  const scope = operation.scope ?? (operation.id === "introspect" ? "introspect" : undefined);
  const covered =
    !scope ||
    actor.scopes.includes(scope) ||
    (scope === "tokens:read" && actor.scopes.includes("tokens:manage"));
  if (!covered) return 403;
  const mine = actor.kind === "a" || actor.kind === "jwt";
  return mine || !operation.path.includes("{") || operation.path.startsWith("/up/v5/entity/")
    ? 200
    : 404;
}

function send(operation: Operation, actor: Actor, target: Target): Promise<Answer> {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => target.path[name] as string);
  const { token } = actor;
  const form = target.form && {
    body: new URLSearchParams(target.form).toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  };
  return api(operation.method.toUpperCase(), path, { token, json: target.json, ...form });
}

test.beforeAll(async ({ server: running, masterToken }) => {
  server = running;
  api = apiOf(server.url);
  master = masterToken;
  [a, b] = [await newTenant(), await newTenant()];
  const [everything, reader, least, ofB, dead] = await Promise.all([
    issue(a, full),
    issue(a, ["tokens:read"]),
    issue(a, ["broker"]),
    issue(b, full),
    newToken(a),
  ]);
  await call("DELETE", `/up/v5/entityToken/${dead.Id}`, a.token);
  const scopes = [...full, "tenants:manage"];
  actors = {
    nobody: { scopes: [], kind: "none" },
    "a revoked token of A": { token: dead.JWT, scopes: [], kind: "none" },
    "a token of nobody's": { token: generateSecret("sbat_"), scopes: [], kind: "none" },
    "A, every scope": { token: everything, scopes: full, kind: "a" },
    "A, tokens:read": { token: reader, scopes: ["tokens:read"], kind: "a" },
    "A, broker": { token: least, scopes: ["broker"], kind: "a" },
    "B, every scope": { token: ofB, scopes: full, kind: "b" },
    "the master Tenant": { token: master, scopes, kind: "master" },
  };
  if (!has("createEntityClient")) return;
  sampleClientId = (await newClient(b)).ClientId;
  actors["a JWT of A, every scope"] = { token: await jwtOf(a, full), scopes: full, kind: "jwt" };
  actors["a JWT of A, broker"] = {
    token: await jwtOf(a, ["broker"]),
    scopes: ["broker"],
    kind: "jwt",
  };
});

test.describe("every operation of the API", () => {
  // A client that shows its secret is an actor of its own: see oauth-token.spec.ts.
  const guarded = operations.filter(({ security }) => security !== "none" && security !== "client");

  test("has a row in the matrix, and every route is an operation", () => {
    expect(guarded.map(({ id }) => id).filter((id) => !rows[id])).toEqual([]);
    const known = new Set(operations.map(({ path }) => path.replace(/\{\w+\}/g, "{}")));
    const routes = (readdirSync("app", { recursive: true }) as string[])
      .filter((file) => /^(up|oauth2|\.well-known)\/.*route\.ts$/.test(file))
      .filter((file) => !file.includes("[..."))
      .map((file) => `/${file.replace(/\/route\.ts$/, "").replace(/\[\w+\]/g, "{}")}`);
    expect(routes.filter((path) => !known.has(path))).toEqual([]);
  });

  for (const operation of guarded) {
    const row = rows[operation.id];
    if (!row) continue;
    const name = `${operation.method.toUpperCase()} ${operation.path}`;

    test(`${name}: who may`, async () => {
      for (const [who, actor] of Object.entries(actors)) {
        const { status, text } = await send(operation, actor, await row.target(a));
        expect(status, `${who}: ${text}`).toBe(expectedOf(operation, row, actor));
      }
    });

    if (!operation.path.includes("{") && !["introspect", "revoke"].includes(operation.id)) continue;
    test(`${name}: what is another Tenant's looks like what is not there`, async () => {
      for (const [who, actor] of Object.entries(actors)) {
        // The master sees all Tenants and the credentials of all.
        if (actor.kind === "master") continue;
        const foreign = await send(operation, actor, await row.target(actor.kind === "b" ? a : b));
        const random = await send(operation, actor, await row.target(null));
        expect(shape(foreign), who).toEqual(shape(random));
        expect(foreign.text, who).not.toMatch(/Matrix|Target/);
      }
    });
  }
});

test.describe("a Tenant named in a body, a query or a header", () => {
  test("never widens what a credential sees", async () => {
    const token = actors["A, every scope"]?.token as string;
    const headers = {
      "X-ServiceBroker-Tenant": b.entityId,
      "X-Tenant-Id": b.entityId,
      EntityId: b.entityId,
    };
    const plain = await api("GET", "/up/v5/entityToken", { token });
    const named = await api("GET", "/up/v5/entityToken", { token, headers });
    const unused = (body: object[]) => body.map((token) => ({ ...token, LastUsedAt: null }));
    expect(unused(named.body)).toEqual(unused(plain.body));
    for (const { EntityId } of plain.body) expect(EntityId).toBe(a.entityId);
    const verified = await api("GET", "/up/v5/verify", { token, headers });
    expect(verified.body.EntityId).toBe(a.entityId);

    const query = await api("GET", `/up/v5/entityToken?EntityId=${b.entityId}`, { token });
    expect(query.status).toBe(400);
    const body = await api("POST", "/up/v5/entityToken", {
      token,
      json: { Name: "Elsewhere", EntityId: b.entityId },
    });
    expect(body.status).toBe(400);
    const { Id } = await newToken(a);
    const path = `/up/v5/entityToken/${Id}`;
    const moved = await api("PUT", path, { token, json: { Name: "x", EntityId: b.entityId } });
    expect(moved.status).toBe(400);
    const ofB = await api("GET", "/up/v5/entityToken", { token: b.token });
    expect(ofB.text).not.toContain("Elsewhere");
  });

  test("and a credential of A still works after B has tried all there is on it", async () => {
    const { JWT, Id } = await newToken(a);
    const ofB = actors["B, every scope"]?.token as string;
    for (const [method, path, json] of [
      ["DELETE", `/up/v5/entityToken/${Id}`, undefined],
      ["PUT", `/up/v5/entityToken/${Id}`, { Active: false }],
      ["POST", `/up/v5/entityToken/${Id}/replace`, { OverlapSeconds: 0 }],
      ["PUT", `/up/v5/entity/${a.entityId}`, { Name: "Taken" }],
      ["DELETE", `/up/v5/entity/${a.entityId}`, undefined],
    ] as const) {
      expect([403, 404]).toContain((await api(method, path, { token: ofB, json })).status);
    }
    if (has("revoke")) {
      const body = new URLSearchParams({ token: JWT }).toString();
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      await api("POST", "/oauth2/revoke", { token: ofB, body, headers });
    }
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(200);
  });
});
