import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { closeDatabase, inTenant, onPlatform, type Transaction } from "@/db/client";
import * as schema from "@/db/schema";
import { createDatabase, dropDatabase, query } from "@/e2e/support/database";
import { hashSecret } from "@/lib/credentials/secret-format";
import { cliPrincipal } from "@/lib/principal";
import { ensureMasterTenant } from "@/lib/provisioning/first-run";
import { provisionTenant } from "@/lib/tenants/provision";
import { issueToken } from "@/lib/tokens/issue";
import { createUser } from "@/lib/users/create";

type Query = (tx: Transaction, ...args: unknown[]) => unknown;
type Victim = Awaited<ReturnType<typeof makeVictim>>;

const MARK = "Victim";
let url: string;
let victim: Victim;
let other: string;

test.describe.configure({ mode: "default" });

test.beforeAll(async () => {
  url = await createDatabase();
  process.env.DATABASE_URL = url;
  process.env.BROKER_SECRET_KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString(
    "hex",
  );
  await ensureMasterTenant();
  victim = await makeVictim();
  const principal = cliPrincipal("tests", "row-level-security");
  const stranger = { name: "Other", email: "it@other.example" };
  other = (await provisionTenant(principal, stranger)).tenant.id;
});

test.afterAll(async () => {
  await closeDatabase();
  await dropDatabase(url);
});

/** A Tenant with something in every table that a Tenant has rows in. */
async function makeVictim() {
  const principal = cliPrincipal("tests", "row-level-security");
  const email = "it@victim.example";
  const { tenant, defaultToken } = await provisionTenant(principal, { name: MARK, email });
  const tenantId = tenant.id;
  const token = await issueToken(principal, { tenantId, name: `${MARK} token` });
  const { user } = await createUser(principal, {
    email: "admin@victim.example",
    name: `${MARK} admin`,
    tenantId,
    role: "admin",
  });
  const clientUuid = randomUUID();
  const jti = randomUUID();
  const webhookId = randomUUID();
  await query(url, async (sql) => {
    await sql`insert into clients (id, tenant_id, client_id, name, scopes) values (${clientUuid}, ${tenantId}, 'victim_client', ${`${MARK} client`}, '{broker}')`;
    await sql`insert into client_secrets (id, tenant_id, client_uuid, secret_hash, hint) values (${randomUUID()}, ${tenantId}, ${clientUuid}, ${hashSecret("sbcs_victim")}, 'sbcs_…Vict')`;
    await sql`insert into revoked_jwts (jti, tenant_id, expires_at) values (${jti}, ${tenantId}, now() + interval '1 day')`;
    for (const table of ["usage_hours", "usage_days"]) {
      const time = table === "usage_days" ? "day" : "hour";
      await sql`insert into ${sql(table)} (tenant_id, credential_id, ${sql(time)}, outcome, count) values (${tenantId}, ${token.id}, date_trunc(${time}, now()), 'accepted', 7), (${tenantId}, ${token.id}, date_trunc(${time}, now()), 'revoked', 3)`;
    }
    await sql`insert into usage_sources values (${tenantId}, ${token.id}, '203.0.113.77', ${MARK}, now(), now(), 7)`;
    await sql`insert into last_uses (credential_id, tenant_id, kind, last_used_at) values (${token.id}, ${tenantId}, 'token', now())`;
    await sql`insert into refusals (id, tenant_id, credential_id, kind, occurred_at, reason, request_id, address) values (${randomUUID()}, ${tenantId}, ${token.id}, 'token', now(), 'revoked', 'victim-request', '203.0.113.77')`;
    await sql`insert into one_time_links (id, kind, link_hash, email, tenant_id, role, expires_at) values (${randomUUID()}, 'invitation', ${hashSecret("victim-link")}, 'new@victim.example', ${tenantId}, 'admin', now() + interval '1 day')`;
    await sql`insert into sessions (id, session_hash, user_id, expires_at) values (${randomUUID()}, ${hashSecret("victim-session")}, ${user.id}, now() + interval '1 day')`;
    await sql`insert into tenant_usage_hours (tenant_id, hour, outcome, count) values (${tenantId}, date_trunc('hour', now()), 'accepted', 7)`;
    await sql`insert into tenant_usage_days (tenant_id, day, outcome, count) values (${tenantId}, date_trunc('day', now()), 'accepted', 7)`;
    await sql`insert into webhooks (id, tenant_id, url, secret_ciphertext) values (${webhookId}, ${tenantId}, 'https://victim.example/', '\\x00')`;
    await sql`insert into webhook_outbox (webhook_id, sequence, tenant_id, event_id, created_at) select ${webhookId}, sequence, tenant_id, id, now() from audit_events where tenant_id = ${tenantId}`;
    await sql`insert into rate_windows values (${tenantId}, 'token.renamed', now(), 1)`;
    await sql`insert into idempotent_calls (tenant_id, key_hash, request_hash) values (${tenantId}, ${hashSecret("victim-key")}, ${hashSecret("victim-body")})`;
  });
  return { tenantId, tokenId: token.id, userId: user.id, clientUuid, jti, webhookId, defaultToken };
}

/** Arguments by the name of a parameter or field: all of them ask for what is the victim's. */
function wanted(): Record<string, unknown> {
  const { tenantId, tokenId, userId, clientUuid, jti, webhookId } = victim;
  const tomorrow = new Date(Date.now() + 86_400_000);
  return {
    ...{ tenantId, tokenId, userId, clientUuid, jti, credentialId: tokenId, targetId: tokenId },
    ...{ webhookId, leaseId: webhookId, url: "https://x.example/", secretCiphertext: Buffer.of(0) },
    ...{ id: tokenId, ids: [tokenId], tenantIds: [tenantId], clientId: "victim_client" },
    ...{ email: "admin@victim.example", name: MARK, sid: "s", hint: "sbat_…x", search: MARK },
    ...{ tokenHash: hashSecret("t"), secretHash: hashSecret("c"), linkHash: hashSecret("l") },
    ...{ sessionHash: hashSecret("victim-session"), hash: hashSecret("h") },
    ...{ keyHash: hashSecret("victim-key"), requestHash: hashSecret("victim-body") },
    ...{ previousHash: hashSecret("p"), answer: hashSecret("a"), scopes: ["broker"] },
    ...{ from: new Date(0).toISOString(), to: tomorrow.toISOString(), by: "hour" },
    ...{ since: new Date(0).toISOString(), sequence: 1, after: undefined, upTo: 100, limit: 100 },
    ...{
      days: 30,
      seconds: 60,
      idleSeconds: 28_800,
      lifetimeSeconds: 604_800,
      buckets: 3,
      count: 1,
      active: true,
      revoked: true,
      status: undefined,
    },
    ...{ role: "admin", staffRole: "support", kind: "invitation", action: "token.issued" },
    ...{ actorType: "cli", actorName: "x", targetType: "token", occurredAt: new Date() },
    ...{ expiresAt: tomorrow, signedAt: new Date(), kid: "k", signature: "s", lock: true },
    ...{ userIds: [userId], passwordHash: "x", ciphertext: hashSecret("s"), step: 1 },
    ...{ codeHashes: [], codeHash: "x", issuer: "https://id.example", subject: "s" },
    ...{ idleSeconds: 60, except: undefined },
    ...{ replaces: null, replacedBy: tokenId, requestId: "victim-request" },
  };
}

/** Where a parameter's or field's name doesn't say what it takes. */
const special: Record<string, (w: Record<string, unknown>) => unknown[]> = {
  findTenant: ({ tenantId }) => [tenantId, true],
  updateTenant: ({ tenantId }) => [tenantId, { name: "Changed" }],
  listChains: () => ["00000000-0000-0000-0000-000000000000", 100],
  listEvents: ({ tenantId }) => [tenantId, { limit: 100 }],
  readChain: ({ tenantId }) => [tenantId, { after: 0, upTo: 100, limit: 100 }],
  listCheckpoints: ({ tenantId }) => [tenantId, { sequence: 0, kid: "" }, 100],
  findTokensFor: ({ tokenId }) => [{ id: tokenId }, 100],
  findClientsFor: () => [{ clientId: "victim_client" }],
  findTenantsFor: () => [MARK, 100],
  findTokensOfTenants: ({ tenantId }) => [{ tenantIds: [tenantId], search: MARK, limit: 100 }],
  listTenantVolumes: () => [{ search: MARK, limit: 100 }],
  rollUpHours: () => ["credential", 0, 100],
  removeOld: () => ["refusals", 0, 100],
  trimRefusals: () => [0, 100],
  findWebhook: ({ tenantId, webhookId }) => [tenantId, webhookId],
  updateWebhook: ({ tenantId, webhookId }) => [tenantId, webhookId, { active: false }],
  requeueEvents: ({ tenantId, webhookId }) => [{ tenantId, webhookId, from: 1, limit: 100 }],
  markFailed: (w) => [
    w.webhookId,
    w.leaseId,
    { sequence: 1, error: "x", retryInSeconds: 1, off: true },
  ],
  insertCheckpoints: (w) => [[w]],
  resolveSpan: () => [{ from: null, to: null, by: "hour" }],
  listTokens: ({ tenantId }) => [tenantId, {}],
  listClients: ({ tenantId }) => [tenantId, {}],
  listClientSecrets: ({ tenantId, clientUuid }) => [tenantId, [clientUuid]],
  updateClient: ({ tenantId }) => [tenantId, "victim_client", { name: "Changed" }],
  retireClientSecret: ({ tenantId, tokenId }) => [tenantId, tokenId],
  replaceCiphertext: ({ kid, hash }) => [kid, hash],
  updateKeyTimes: ({ kid }) => [kid, { signsFrom: new Date() }],
  listTenants: () => [{ deleted: true }],
  countAttempts: () => [["account:admin@victim.example"], 900],
  forgiveAttempt: () => [{ account: "account:admin@victim.example", address: null }],
  pageTokens: ({ tenantId }) => [
    tenantId,
    { search: MARK, sort: "used", descending: true, limit: 50 },
  ],
  listRefusals: ({ tenantId }) => [{ tenantId, limit: 100 }],
  lockSeeds: () => ["00000000-0000-0000-0000-000000000000", 100],
  lockWebhookSecrets: () => ["00000000-0000-0000-0000-000000000000", 100],
  replaceSeed: ({ userId, hash }) => [{ id: userId, sealed: hash }],
  replaceWebhookSecret: ({ webhookId, hash }) => [{ id: webhookId, sealed: hash }],
  removeExpired: () => ["sessions", 100],
  restrictTenant: ({ tenantId }) => [tenantId, { status: "suspended" }],
  endTokenAt: ({ tokenId }) => [tokenId, new Date().toISOString()],
  stopClient: () => ["victim_client"],
  deactivateClient: () => ["victim_client"],
  stopWebhook: ({ webhookId }) => [webhookId, true],
  stopUser: ({ userId }) => [userId],
  voidPassword: ({ userId }) => [userId],
  voidRecoveryCodes: ({ userId }) => [userId],
};

/** Those that read nothing of any Tenant's. */
const harmless = new Set(["takeLock", "tryLock", "resolveSpan"]);

async function queryFunctions(): Promise<[string, Query][]> {
  const files = readdirSync("db/queries").filter((file) => file.endsWith(".ts"));
  const modules = await Promise.all(files.map((file) => import(`@/db/queries/${file}`)));
  return modules.flatMap((module) =>
    Object.entries(module as Record<string, unknown>).filter(
      (entry): entry is [string, Query] =>
        typeof entry[1] === "function" && parametersOf(entry[1])[0] === "tx",
    ),
  );
}

const parametersOf = (run: unknown): string[] =>
  (/\(([^)]*)\)/.exec(String(run))?.[1] ?? "")
    .split(",")
    .map((part) => part.split("=")[0]?.trim() ?? "")
    .filter((name) => name !== "");

function argumentsOf(name: string, run: Query): unknown[] {
  const all = wanted();
  const given = special[name]?.(all);
  return (
    given ??
    parametersOf(run)
      .slice(1)
      .map((parameter) => (parameter in all ? all[parameter] : all))
  );
}

const isTime = (text: string) => !Number.isNaN(Date.parse(text)) && /^\d{4}-\d\d-\d\d/.test(text);

/** Whether a result says nothing: absent, empty, or zeros along a time axis. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0) return true;
  if (value instanceof Date) return true;
  if (typeof value === "string") return value === "" || value === "0" || isTime(value);
  if (Array.isArray(value)) return value.every(isNothing);
  return typeof value === "object" && Object.values(value).every(isNothing);
}

/** Everything of the victim's, as the database's owner sees it. */
const stored = () =>
  query(url, async (sql) => {
    const tables = await sql<{ name: string; own: boolean }[]>`
      select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') as own
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`;
    const rows = await Promise.all(
      tables.map(
        ({ name, own }) =>
          sql`select ${name} as name, t::text from ${sql(name)} t where ${own ? sql`t.tenant_id = ${victim.tenantId}` : sql`t::text ilike ${`%${MARK}%`}`} order by 2`,
      ),
    );
    return JSON.stringify(rows);
  });

const codeOf = (error: unknown): string | undefined => {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code ?? (cause ? codeOf(cause) : undefined);
};

for (const [whose, tenantOf] of [
  ["without a Tenant", () => ""],
  ["as another Tenant", () => other],
] as const) {
  test(`every query function, run ${whose}, gets nothing of a Tenant and changes nothing`, async () => {
    const before = await stored();
    const functions = await queryFunctions();
    expect(functions.length).toBeGreaterThan(25);
    for (const [name, run] of functions) {
      const outcome = await inTenant(
        tenantOf(),
        async (tx) => await run(tx, ...argumentsOf(name, run)),
      )
        .then((result) => ({ result }))
        .catch((error: Error) => ({ refused: codeOf(error), error }));
      if ("refused" in outcome) {
        // 42501: no privilege, or a row that the policy doesn't allow.
        expect(outcome.refused, `${name}: ${outcome.error.message}`).toBe("42501");
        continue;
      }
      const text = JSON.stringify(outcome.result) ?? "";
      for (const secret of [victim.tenantId, victim.tokenId, victim.userId, MARK, "victim"]) {
        expect(text, name).not.toContain(secret);
      }
      if (tenantOf() === "" && !harmless.has(name)) {
        expect(isNothing(outcome.result), `${name} answered ${text}`).toBe(true);
      }
    }
    expect(await stored()).toBe(before);
  });
}

test("a transaction takes its role by a statement that is kept prepared", async () => {
  const kept = await inTenant(other, (tx) =>
    tx.execute(sql`select from pg_prepared_statements where statement like 'select set_config%'`),
  );
  expect(kept).toHaveLength(1);
});

test("the same functions find what is asked for as its own Tenant: the arguments are right", async () => {
  const functions = Object.fromEntries(await queryFunctions());
  const found: string[] = [];
  for (const [name, run] of Object.entries(functions)) {
    if (!/^(find|list|count|read|recent|tenant|credential)/.test(name)) continue;
    const result = await inTenant(
      victim.tenantId,
      async (tx) => await run(tx, ...argumentsOf(name, run)),
    ).catch(() => null);
    if (!isNothing(result)) found.push(name);
  }
  expect(found).toEqual(
    expect.arrayContaining([
      "findToken",
      "listTokens",
      "countLiveTokens",
      "listEvents",
      "findTenant",
    ]),
  );
  expect(found.length).toBeGreaterThan(9);
});

test.describe("every table", () => {
  const tables = Object.values(schema).flatMap((table) => {
    const name = (table as unknown as Record<symbol, unknown>)[Symbol.for("drizzle:Name")];
    return typeof name === "string" ? [name] : [];
  });

  test("has row-level security and belongs to nobody that serves requests", async () => {
    const rows = await query(
      url,
      (sql) => sql`
        select c.relname, c.relrowsecurity, r.rolname from pg_class c join pg_roles r on r.oid = c.relowner
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
    );
    expect(rows.map(({ relname }) => relname).sort()).toEqual(
      expect.arrayContaining(tables.sort()),
    );
    for (const { relname, relrowsecurity, rolname } of rows) {
      expect(relrowsecurity, relname).toBe(true);
      expect(rolname, relname).not.toMatch(/^broker_/);
    }
  });

  test("shows nothing to a query that forgets its Tenant, and lets it change nothing", async () => {
    const run = (text: string) =>
      inTenant("", (tx) => tx.execute(text))
        .then((rows) => rows.length)
        .catch((error) => codeOf(error));
    for (const table of tables) {
      expect([0, "42501"], table).toContain(await run(`select 1 from "${table}"`));
      expect([0, "42501"], table).toContain(await run(`delete from "${table}" returning 1`));
      const column = await query(
        url,
        (sql) =>
          sql`select column_name from information_schema.columns where table_name = ${table} and is_generated = 'NEVER'`,
      );
      const set = `"${column[0]?.column_name}" = "${column[0]?.column_name}"`;
      expect([0, "42501"], table).toContain(await run(`update "${table}" set ${set} returning 1`));
    }
  });
});

test.describe("audit events", () => {
  const attempts = [
    "update audit_events set actor_name = 'nobody'",
    "delete from audit_events",
    "truncate audit_events",
    "alter table audit_events disable row level security",
    "drop table audit_events",
    "create or replace function broker_current_tenant() returns uuid language sql as 'select null::uuid'",
    "insert into audit_checkpoints select * from audit_checkpoints",
  ];

  test("can be neither changed nor removed by either role", async () => {
    for (const attempt of attempts.slice(0, 6)) {
      for (const act of [
        () => inTenant(victim.tenantId, (tx) => tx.execute(attempt)),
        () => onPlatform((tx) => tx.execute(attempt)),
      ]) {
        expect(await act().then(() => "done", codeOf), attempt).toBe("42501");
      }
    }
  });

  test("nor by a login of the application's own, which owns nothing", async () => {
    const login = `app_${randomUUID().slice(0, 8)}`;
    await query(url, async (sql) => {
      await sql.unsafe(`create role ${login} login password 'test' noinherit`);
      await sql.unsafe(`grant broker_tenant, broker_platform to ${login}`);
    });
    const own = new URL(url);
    own.username = login;
    const sql = postgres(own.href, { max: 1, onnotice: () => {} });
    const act = (text: string) => sql.unsafe(text).then(() => "done", codeOf);
    for (const attempt of attempts) expect(await act(attempt), attempt).toBe("42501");
    for (const role of ["broker_tenant", "broker_platform"]) {
      await sql.unsafe(`set role ${role}`);
      for (const attempt of attempts.slice(0, 6)) {
        expect(await act(attempt), `${role}: ${attempt}`).toBe("42501");
      }
    }
    await sql.end();
    await query(url, (owner) => owner.unsafe(`drop role ${login}`));
  });
});
