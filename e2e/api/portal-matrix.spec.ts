import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import postgres, { type Sql } from "postgres";
import type { Answer } from "@/e2e/support/call";
import { shape as answerShape } from "@/e2e/support/expect-error";
import { type PortalCall, portalCall, type Session, signInMany } from "@/e2e/support/portal-actors";
import type { TestServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";
import { generateClientId } from "@/lib/clients/client";

const people = [
  ...(["admin of A", "viewer of A", "admin of B", "support", "operator"] as const),
  ...(["disabled admin of A", "removed admin of A"] as const),
] as const;
const actors = ["nobody", "a token of A", ...people] as const;
type Actor = (typeof actors)[number];
/** Tenant A or B with a thing of each kind in it, or nothing that exists. */
type Side = "A" | "B" | "none";
type Target = { path: Record<string, string>; json?: unknown };

/** What a call acts on, and the status that each actor gets for a thing of Tenant A. */
type Row = {
  target: (of: Side) => Promise<Target> | Target;
  expected: (actor: Actor) => number;
  /** Whether support's attempt is a change, to be refused and audited. */
  changes?: boolean;
};

const isOut = (actor: Actor) =>
  actor === "nobody" || actor === "a token of A" || actor === "disabled admin of A";
const isStranger = (actor: Actor) => actor === "admin of B" || actor === "removed admin of A";
const isStaff = (actor: Actor) => actor === "support" || actor === "operator";

const forMembers = (actor: Actor) => (isOut(actor) ? 401 : isStranger(actor) ? 404 : 200);
const forAdmins = (actor: Actor) => {
  if (isOut(actor)) return 401;
  if (isStranger(actor)) return 404;
  return actor === "admin of A" ? 200 : 403;
};
const forStaff = (actor: Actor) => (isOut(actor) ? 401 : isStaff(actor) ? 200 : 403);
const forOperators = (actor: Actor) => (isOut(actor) ? 401 : actor === "operator" ? 200 : 403);

let server: TestServer;
let sql: Sql;
let sessions: Record<(typeof people)[number], Session>;
let tenants: Record<"A" | "B", { entityId: string; token: string }>;
let as: Record<Actor, PortalCall>;

async function ask(of: "A" | "B", method: string, path: string, json?: unknown) {
  const call = as[`admin of ${of}`];
  const answer = await call(method, `/api/tenants/${tenants[of].entityId}${path}`, json);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(200);
  return answer.body;
}
const entityId = (of: Side) => (of === "none" ? randomUUID() : tenants[of].entityId);
const email = () => `${randomBytes(6).toString("hex")}@people.example`;

const tenant = (json?: unknown) => (of: Side) => ({ path: { tenantId: entityId(of) }, json });
const token = (json?: unknown) => async (of: Side) => ({
  path: {
    tenantId: entityId(of),
    tokenId:
      of === "none" ? randomUUID() : (await ask(of, "POST", "/tokens", { name: "Target" })).id,
  },
  json,
});
const client = (json?: unknown) => async (of: Side) => ({
  path: {
    tenantId: entityId(of),
    clientId:
      of === "none"
        ? generateClientId()
        : (await ask(of, "POST", "/clients", { name: "Target" })).clientId,
  },
  json,
});
const secret = async (of: Side) => {
  const { path } = await client()(of);
  if (of === "none") return { path: { ...path, secretId: randomUUID() } };
  const { secretId } = await ask(of, "POST", `/clients/${path.clientId}/secrets`);
  return { path: { ...path, secretId } };
};
const member = (json?: unknown) => async (of: Side) => {
  const userId = randomUUID();
  if (of !== "none") {
    await sql`insert into users (id, email, name) values (${userId}, ${email()}, 'Target')`;
    await sql`insert into memberships (tenant_id, user_id, role) values (${entityId(of)}, ${userId}, 'viewer')`;
  }
  return { path: { tenantId: entityId(of), userId }, json };
};
const invitation = async (of: Side) => {
  const sent = { email: email(), role: "viewer" };
  const made = of !== "none" && (await ask(of, "POST", "/invitations", sent));
  return {
    path: { tenantId: entityId(of), invitationId: made ? made.invitation.id : randomUUID() },
  };
};
const event = async (of: Side) => {
  const events = of === "none" ? null : await ask(of, "GET", "/audit");
  return {
    path: { tenantId: entityId(of), eventId: events?.events[0].id ?? randomUUID() },
  };
};
/** A member of staff; there are none of a Tenant. */
const staff = (json?: unknown) => async (of: Side) => {
  const userId = randomUUID();
  if (of !== "none") {
    await sql`insert into users (id, email, name, staff_role) values (${userId}, ${email()}, 'Target', 'support')`;
  }
  return { path: { userId }, json };
};
const session = async (of: Side) => {
  const sessionId = randomUUID();
  if (of !== "none") {
    await sql`
      insert into sessions (id, session_hash, user_id, expires_at)
      values (${sessionId}, ${randomBytes(32)}, ${sessions.support.userId}, now() + interval '1 day')`;
  }
  return { path: { sessionId } };
};
/** Of the own Tenant only what isn't there: else there would be none for those that follow. */
const anyTenant = async (of: Side): Promise<Target> => {
  if (of !== "A") return tenant()(of);
  const body = { name: "Target", email: "it@tenant.example" };
  const made = await as.operator("POST", "/api/operator/tenants", body);
  return { path: { tenantId: made.body.tenant.id } };
};
const nothing = (json?: unknown) => () => ({ path: {}, json });
const strangeLink = randomBytes(32).toString("base64url");
const ofTenant = "/api/tenants/[tenantId]";

const reads = (target: Row["target"]): Row => ({ target, expected: forMembers });
const changes = (target: Row["target"]): Row => ({ target, expected: forAdmins, changes: true });
const supports = (target: Row["target"]): Row => ({ target, expected: forStaff });
const operates = (target: Row["target"]): Row => ({
  target,
  expected: forOperators,
  changes: true,
});
const isOpen = (target: Row["target"], status: number): Row => ({
  target,
  expected: () => status,
});
const isOwn = (target: Row["target"], status: number): Row => ({
  target,
  expected: (actor) => (isOut(actor) ? 401 : status),
});

const rows: Record<string, Row> = {
  // Of one's own account: nothing of it is anybody else's to name. `{}` lacks what must be given.
  "GET /api/account": isOwn(nothing(), 200),
  "PUT /api/account/password": isOwn(nothing({}), 400),
  "POST /api/account/recovery-codes": isOwn(nothing({}), 400),
  "POST /api/account/totp": isOwn(nothing({}), 400),
  "PUT /api/account/totp": isOwn(nothing({}), 400),
  "POST /api/account/totp/disable": isOwn(nothing({}), 400),
  "DELETE /api/account/sessions": isOwn(nothing(), 200),
  "DELETE /api/account/sessions/[sessionId]": {
    target: session,
    expected: (actor) => (isOut(actor) ? 401 : actor === "support" ? 200 : 404),
  },

  // By the secret of a link: whoever has it may.
  "POST /api/invitations/look-up": isOpen(nothing({ secret: strangeLink }), 404),
  "POST /api/invitations/accept": isOpen(nothing({ secret: strangeLink }), 404),
  "POST /api/password-resets/look-up": isOpen(nothing({ secret: strangeLink }), 404),
  "POST /api/password-resets/complete": isOpen(
    nothing({ secret: strangeLink, password: "correct horse battery" }),
    404,
  ),
  "POST /api/password-resets": isOpen(() => ({ path: {}, json: { email: email() } }), 202),

  "POST /api/jump": isOwn(
    (of) => ({ path: {}, json: { query: entityId(of), tenantId: entityId(of) } }),
    200,
  ),

  "GET /api/support/tenants": supports(nothing()),
  "GET /api/support/refusals": supports(nothing()),
  "POST /api/support/search": supports(nothing({ query: "Target" })),

  "GET /api/operator/keys": { target: nothing(), expected: forOperators },
  "POST /api/operator/keys/rotate": operates(nothing()),
  "GET /api/operator/staff": { target: nothing(), expected: forOperators },
  "POST /api/operator/staff": operates(() => ({
    path: {},
    json: { email: email(), name: "Target", staffRole: "support" },
  })),
  "PATCH /api/operator/staff/[userId]": operates(staff({ disabled: true })),
  "POST /api/operator/staff/[userId]/password-reset": operates(staff()),
  "POST /api/operator/staff/[userId]/totp-reset": operates(staff()),
  "POST /api/operator/tenants": operates(nothing({ name: "Target", email: "it@tenant.example" })),
  "PATCH /api/operator/tenants/[tenantId]": operates(tenant({ active: true })),
  "DELETE /api/operator/tenants/[tenantId]": operates(anyTenant),

  [`GET ${ofTenant}`]: reads(tenant()),
  [`PATCH ${ofTenant}`]: changes(tenant({ description: "Changed" })),
  [`GET ${ofTenant}/overview`]: reads(tenant()),
  [`GET ${ofTenant}/usage`]: reads(tenant()),
  [`GET ${ofTenant}/tokens/[tokenId]/usage`]: reads(token()),
  [`GET ${ofTenant}/tokens/[tokenId]/recent-use`]: reads(token()),
  [`GET ${ofTenant}/tokens/[tokenId]/refused-calls`]: reads(token()),
  [`GET ${ofTenant}/audit`]: reads(tenant()),
  [`GET ${ofTenant}/audit/actors`]: reads(tenant()),
  [`GET ${ofTenant}/audit/events/[eventId]`]: reads(event),
  [`GET ${ofTenant}/audit/export`]: reads((of) => ({
    path: { tenantId: entityId(of), "?": "format=csv" },
  })),
  [`HEAD ${ofTenant}/audit/export`]: reads((of) => ({
    path: { tenantId: entityId(of), "?": "format=csv" },
  })),
  [`POST ${ofTenant}/audit/verify`]: reads(tenant()),
  [`GET ${ofTenant}/auth-type`]: reads(tenant()),
  [`PUT ${ofTenant}/auth-type`]: changes(tenant({ authType: "Any" })),
  [`GET ${ofTenant}/clients`]: reads(tenant()),
  [`POST ${ofTenant}/clients`]: changes(tenant({ name: "Made" })),
  [`PATCH ${ofTenant}/clients/[clientId]`]: changes(client({ name: "Renamed" })),
  [`POST ${ofTenant}/clients/[clientId]/revoke`]: changes(client()),
  [`POST ${ofTenant}/clients/[clientId]/secrets`]: changes(client()),
  [`DELETE ${ofTenant}/clients/[clientId]/secrets/[secretId]`]: changes(secret),
  [`GET ${ofTenant}/members`]: reads(tenant()),
  [`PATCH ${ofTenant}/members/[userId]`]: changes(member({ role: "admin" })),
  [`DELETE ${ofTenant}/members/[userId]`]: changes(member()),
  [`POST ${ofTenant}/invitations`]: changes((of) => tenant({ email: email(), role: "viewer" })(of)),
  [`DELETE ${ofTenant}/invitations/[invitationId]`]: changes(invitation),
  [`GET ${ofTenant}/tokens`]: reads(tenant()),
  [`POST ${ofTenant}/tokens`]: changes(tenant({ name: "Made" })),
  [`GET ${ofTenant}/tokens/[tokenId]`]: reads(token()),
  [`PATCH ${ofTenant}/tokens/[tokenId]`]: changes(token({ name: "Renamed" })),
  [`POST ${ofTenant}/tokens/[tokenId]/revoke`]: changes(token()),
  [`POST ${ofTenant}/tokens/[tokenId]/replace`]: changes(token({ overlapSeconds: 60 })),
};

/** next-auth's own, which sign-in.spec.ts and access.spec.ts are about. */
const elsewhere = new Set(["/api/auth/[...nextauth]"]);
const routes = (readdirSync("app/api", { recursive: true }) as string[])
  .filter((file) => file.endsWith("route.ts"))
  .map((file) => `/api/${file.replace(/\/?route\.ts$/, "")}`)
  .filter((path) => !elsewhere.has(path));

const urlOf = (pattern: string, { path }: Target) =>
  pattern.replace(/\[(\w+)\]/g, (_, name) => path[name] as string);

function send(row: string, call: PortalCall, target: Target): Promise<Answer> {
  const [method = "", pattern = ""] = row.split(" ");
  const query = target.path["?"];
  const url = urlOf(pattern, target);
  return call(method, query ? `${url}?${query}` : url, target.json);
}

/** An answer without its request id, and without the nonce that no two answers share. */
function shape(answer: Answer) {
  const { headers, ...rest } = answerShape(answer);
  const csp = headers["content-security-policy"]?.replace(/'nonce-[^']+'/g, "");
  return { ...rest, headers: { ...headers, "content-security-policy": csp } };
}

/** The refused attempts of somebody that are in a Tenant's log, or in the master's: the latest. */
const lastDenial = async (who: Session) =>
  (
    await sql`
      select t.id, t.is_master, e.after from audit_events e join tenants t on t.id = e.tenant_id
      where e.action = 'access.denied' and e.actor_id = ${who.userId}
      order by e.occurred_at desc, e.sequence desc limit 1`
  )[0];
const countDenials = async (who: Session) =>
  Number(
    (
      await sql`select count(*) from audit_events where action = 'access.denied' and actor_id = ${who.userId}`
    )[0]?.count,
  );

test.beforeAll(async ({ server: running, playwright }) => {
  test.setTimeout(120_000);
  server = running;
  sql = postgres(server.databaseUrl, { max: 1 });
  sessions = await signInMany({ server, sql, request: playwright.request }, people);
  const named = people.map((who) => [who, portalCall(server, sessions[who])] as const);
  as = {
    ...(Object.fromEntries(named) as Record<(typeof people)[number], PortalCall>),
    nobody: portalCall(server),
    "a token of A": (...sent) => portalCall(server, { token: tenants.A.token })(...sent),
  };
  for (const role of ["support", "operator"] as const) {
    await sql`update users set staff_role = ${role} where id = ${sessions[role].userId}`;
  }
  tenants = { A: await provision("Matrix A"), B: await provision("Matrix B") };
  await join("admin of A", "A", "admin");
  await join("viewer of A", "A", "viewer");
  await join("admin of B", "B", "admin");
  await join("disabled admin of A", "A", "admin");
  await join("removed admin of A", "A", "admin");
  for (const who of ["disabled admin of A", "removed admin of A"] as const) {
    const { status } = await as[who]("GET", `/api/tenants/${tenants.A.entityId}`);
    expect(status, who).toBe(200);
  }
  await sql`update users set disabled_at = now() where id = ${sessions["disabled admin of A"].userId}`;
  const removed = `/api/tenants/${tenants.A.entityId}/members/${sessions["removed admin of A"].userId}`;
  expect((await as["admin of A"]("DELETE", removed)).status).toBe(200);
});

test.afterAll(() => sql?.end());

async function provision(name: string): Promise<{ entityId: string; token: string }> {
  const body = { name, email: "it@tenant.example" };
  const made = await as.operator("POST", "/api/operator/tenants", body);
  expect(made.status, made.text).toBe(200);
  return { entityId: made.body.tenant.id, token: made.body.defaultToken.secret };
}

const join = (who: (typeof people)[number], of: "A" | "B", role: "admin" | "viewer") =>
  sql`insert into memberships (tenant_id, user_id, role) values (${entityId(of)}, ${sessions[who].userId}, ${role})`;

test.describe("every call of the portal's API", () => {
  test("has a row in the matrix, and every row is a call", async () => {
    const calls: string[] = [];
    for (const route of routes) {
      const path = route.replace(/\[\w+\]/g, randomUUID());
      for (const method of ["GET", "PUT", "POST", "PATCH", "DELETE"]) {
        const answer = await as.nobody(method, path);
        if (answer.status !== 405) continue;
        const allowed = answer.headers.get("allow")?.split(", ") ?? [];
        calls.push(...allowed.filter((one) => one !== "HEAD").map((one) => `${one} ${route}`));
        break;
      }
    }
    expect(new Set(calls.map((call) => call.split(" ")[1])).size).toBe(routes.length);
    expect(calls.filter((call) => !rows[call])).toEqual([]);
    const written = Object.keys(rows).filter((row) => !row.startsWith("HEAD "));
    expect(written.filter((row) => !calls.includes(row))).toEqual([]);
  });

  for (const [name, row] of Object.entries(rows)) {
    test(`${name}: who may`, async () => {
      let reused: Target | undefined;
      for (const actor of actors) {
        const expected = row.expected(actor);
        if (expected === 200 || !reused) reused = await row.target("A");
        const { status, text } = await send(name, as[actor], reused);
        expect(status, `${actor}: ${text}`).toBe(expected);
      }
    });

    if (row.changes) {
      test(`${name}: support's attempt is 403 and in the log`, async () => {
        for (const of of ["A", "B", "none"] as const) {
          const target = await row.target(of);
          const before = await countDenials(sessions.support);
          const answer = await send(name, as.support, target);
          expect(answer.status, answer.text).toBe(403);
          expect(await countDenials(sessions.support)).toBe(before + 1);
          const denial = await lastDenial(sessions.support);
          const [method, pattern] = name.split(" ");
          const path = urlOf(pattern as string, target);
          expect(denial?.after).toEqual({ method, path });
          const { tenantId } = target.path;
          if (tenantId && of !== "none") expect(denial?.id).toBe(tenantId);
          else expect(denial?.is_master).toBe(true);
        }
      });
    }

    if (!name.includes("[") && name !== "POST /api/jump") continue;
    test(`${name}: what is another's looks like what is not there`, async () => {
      for (const actor of actors) {
        // Staff see all Tenants, and an operator acts on all.
        if (actor === "operator" || (actor === "support" && !row.changes)) continue;
        const foreign = await send(
          name,
          as[actor],
          await row.target(actor === "admin of B" ? "A" : "B"),
        );
        const random = await send(name, as[actor], await row.target("none"));
        expect(shape(foreign), actor).toEqual(shape(random));
        expect(foreign.text, actor).not.toMatch(/Matrix|Target/);
      }
    });

    if ((name.match(/\[/g) ?? []).length < 2) continue;
    test(`${name}: one's own Tenant opens nothing of another's`, async () => {
      for (const actor of ["admin of A", "viewer of A", "support", "operator"] as const) {
        const [foreign, random] = await Promise.all(
          (["B", "none"] as const).map(async (of) => {
            const target = await row.target(of);
            const path = { ...target.path, tenantId: entityId("A") };
            return send(name, as[actor], { ...target, path });
          }),
        );
        expect(foreign?.status, actor).toBe(row.expected(actor) === 200 ? 404 : 403);
        expect(shape(foreign as Answer), actor).toEqual(shape(random as Answer));
      }
    });
  }
});

test("after all of it, nobody but its own admin has changed anything of B's", async () => {
  const others = await sql`
    select distinct actor_name, action from audit_events
    where tenant_id = ${tenants.B.entityId} and actor_id <> ${sessions["admin of B"].userId}`;
  expect(others.map(({ action }) => action).sort()).toEqual([
    "access.denied",
    "tenant.provisioned",
    // Its default one.
    "token.issued",
  ]);
});
