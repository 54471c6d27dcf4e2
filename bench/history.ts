import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { startPostgres } from "@/e2e/support/postgres";
import { exportEvents } from "@/lib/audit/export";
import { listEvents } from "@/lib/audit/list";
import type { Principal } from "@/lib/principal";
import { ensureMasterTenant } from "@/lib/provisioning/first-run";
import { searchSupport } from "@/lib/support/search";
import { pageTenants } from "@/lib/support/tenants";
import { listAttention } from "@/lib/usage/attention";
import { getCredentialUsage } from "@/lib/usage/credential";
import { getRecentUse } from "@/lib/usage/recent";
import { listRefusals } from "@/lib/usage/refusals";
import { getTenantUsage } from "@/lib/usage/tenant";

/**
 * `tsx bench/history.ts [events] [rows of use]`: what pages and exports cost with a long history
 * (1,000,000 and 10,000,000 unless told) against a short one (1,000 each). Best of 40, milliseconds.
 */
const [events = 1_000_000, rows = 10_000_000] = process.argv.slice(2).map(Number);
const tenantId = "00000000-0000-4000-8000-000000000001";
const credentialId = "10000000-0000-4000-8000-00000000000a";
const bench: Principal = {
  kind: "service",
  name: "bench",
  origin: { requestId: "bench", address: null, userAgent: null },
};

const firstByte = async (format: "csv" | "ndjson") => {
  const reader = (await exportEvents(bench, { tenantId, format })).getReader();
  await reader.read();
  void reader.cancel();
};
const cases: Record<string, () => Promise<unknown>> = {
  "audit page": () => listEvents(bench, { tenantId, limit: 50 }),
  "audit page by action": () => listEvents(bench, { tenantId, limit: 50, action: "token.revoked" }),
  "audit page by target": () => listEvents(bench, { tenantId, limit: 50, target: "target7" }),
  "Tenant's use, 24 hours": () => getTenantUsage(bench, { tenantId, period: "24h" }),
  "Tenant's use, 30 days": () => getTenantUsage(bench, { tenantId, period: "30d" }),
  "token's use, 24 hours": () => getCredentialUsage(bench, { tenantId, credentialId }),
  "token's recent use": () => getRecentUse(bench, { tenantId, credentialId }),
  "needs attention": () => listAttention(bench, { tenantId }),
  "refused calls": () => listRefusals(bench, { tenantId }),
  "refused call by request id": () =>
    listRefusals(bench, { tenantId: null, requestId: "refused77" }),
  "Tenants with volume": () => pageTenants(bench),
  "support search by request id": () => searchSupport(bench, { query: "made77" }),
  "CSV export, first byte": () => firstByte("csv"),
  "NDJSON export, first byte": () => firstByte("ndjson"),
};

async function best(run: () => Promise<unknown>): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 40; i++) {
    const start = performance.now();
    await run();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}

async function measure(url: string, size: { events: number; rows: number }) {
  const fill = (await readFile(new URL("./history.sql", import.meta.url), "utf8"))
    .replaceAll("{events}", String(size.events))
    .replaceAll("{rows}", String(size.rows));
  const sql = postgres(url, { max: 1 });
  await sql.unsafe(fill);
  await sql.end();
  process.env.DATABASE_URL = url;
  await ensureMasterTenant();
  const times = new Map<string, number>();
  for (const [name, run] of Object.entries(cases)) times.set(name, await best(run));
  await closeDatabase();
  return times;
}

async function main() {
  process.env.BROKER_SECRET_KEY = randomBytes(32).toString("base64");
  const server = await startPostgres();
  try {
    const [small, large] = [
      await server.createDatabase("small"),
      await server.createDatabase("large"),
    ];
    for (const url of [small, large]) await migrate(url);
    const short = await measure(small, { events: 1_000, rows: 1_000 });
    const long = await measure(large, { events, rows });
    console.log(`| | 1,000 | ${events} events, ${rows} rows | times |\n|---|---|---|---|`);
    for (const [name, ms] of long) {
      const before = short.get(name) as number;
      const cells = [name, before.toFixed(1), ms.toFixed(1), (ms / before).toFixed(1)];
      console.log(`| ${cells.join(" | ")} |`);
    }
  } finally {
    await server.kill();
  }
}

await main();
