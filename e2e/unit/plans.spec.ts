import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { exportEvents } from "@/lib/audit/export";
import { listEvents } from "@/lib/audit/list";
import { searchSupport } from "@/lib/support/search";
import { pageTenants } from "@/lib/support/tenants";
import { listAttention } from "@/lib/usage/attention";
import { getCredentialUsage } from "@/lib/usage/credential";
import { getCredentialPeriod } from "@/lib/usage/credential-period";
import { getRecentUse } from "@/lib/usage/recent";
import { listRefusals } from "@/lib/usage/refusals";
import { getTenantUsage } from "@/lib/usage/tenant";
import { openDatabase, service } from "../support/in-process";

const database = openDatabase();
const tenantId = "00000000-0000-4000-8000-000000000001";
const credentialId = "10000000-0000-4000-8000-00000000000a";

const readWhole = async (stream: ReadableStream<Uint8Array>) => {
  for await (const _chunk of stream as unknown as AsyncIterable<Uint8Array>);
};

/** What pages, their calls and exports ask of the tables that grow for ever. */
const questions: Record<string, () => Promise<unknown>> = {
  "the audit log": () => listEvents(service, { tenantId, limit: 50 }),
  "the audit log by action": () =>
    listEvents(service, { tenantId, limit: 50, action: "token.revoked" }),
  "the audit log by target": () => listEvents(service, { tenantId, limit: 50, target: "target7" }),
  "a whole export": async () =>
    readWhole(await exportEvents(service, { tenantId, format: "ndjson" })),
  "a Tenant's use of 24 hours": () => getTenantUsage(service, { tenantId, period: "24h" }),
  "a Tenant's use of 30 days": () => getTenantUsage(service, { tenantId, period: "30d" }),
  "a token's use": () => getCredentialUsage(service, { tenantId, credentialId }),
  "a token's use of 30 days": () =>
    getCredentialPeriod(service, { tenantId, credentialId, period: "30d" }),
  "a token's recent use": () => getRecentUse(service, { tenantId, credentialId }),
  "what needs attention": () => listAttention(service, { tenantId }),
  "refused calls": () => listRefusals(service, { tenantId }),
  "a refused call by its request id": () =>
    listRefusals(service, { tenantId: null, requestId: "refused77" }),
  "Tenants with their volume": () => pageTenants(service),
  "support's search": () => searchSupport(service, { query: "made77" }),
};

const growing = [
  "audit_events",
  "usage_hours",
  "usage_days",
  "usage_sources",
  "tenant_usage_hours",
  "refusals",
];

test.beforeAll(async () => {
  const fill = (await readFile("bench/history.sql", "utf8"))
    .replaceAll("{events}", "20000")
    .replaceAll("{rows}", "100000");
  await database.query(async (sql) => {
    await sql.unsafe(fill);
    await sql`insert into usage_days (tenant_id, credential_id, day, outcome, count)
      select ${tenantId}, gen_random_uuid(), date_trunc('day', now()) - (i % 300) * interval '1 day', 'accepted', 1
      from generate_series(1, 20000) i`;
    await sql`insert into usage_sources (tenant_id, credential_id, address, user_agent, first_seen_at, last_seen_at, count)
      select ${tenantId}, gen_random_uuid(), 'a', '', now(), now(), 1 from generate_series(1, 20000)`;
    await sql`insert into tenant_usage_hours (tenant_id, hour, outcome, count)
      select ('00000000-0000-4000-9000-' || lpad(to_hex(i / 1000), 12, '0'))::uuid,
        date_trunc('hour', now()) - (i % 1000) * interval '1 hour', 'accepted', 1
      from generate_series(1, 100000) i`;
    await sql`analyze`;
  });
});

/** How often each table was read from end to end so far. */
const wholeReads = () =>
  database.query(async (sql) => {
    const rows = await sql<{ relname: string; n: number }[]>`
      select relname, seq_scan::int as n from pg_stat_user_tables where relname in ${sql(growing)}`;
    return Object.fromEntries(rows.map(({ relname, n }) => [relname, n]));
  });
/** Until a connection's counts are there: they come with a later transaction, a second apart. */
const counted = () => new Promise((resolve) => setTimeout(resolve, 1_200));

test("a table read from end to end is noticed", async () => {
  await counted();
  const before = await wholeReads();
  await database.query((sql) => sql`select count(*) from refusals where reason = 'none'`);
  await counted();
  expect(await wholeReads()).not.toEqual(before);
});

test("no page and no export reads a growing table from end to end", async () => {
  await counted();
  const before = await wholeReads();
  for (const ask of Object.values(questions)) await ask();
  await counted();
  // Asked again, they send what their connections have counted.
  for (const ask of Object.values(questions)) await ask();
  await counted();
  expect(await wholeReads()).toEqual(before);
});
