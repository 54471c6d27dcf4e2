import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { migrate } from "@/db/migrate";
import type { Bench } from "./cases";
import { markdownTable } from "./report";
import { median } from "./rounds";
import { type Running, startProduct } from "./servers";
import { firstByte, signIn } from "./visitor";

const tenantId = "00000000-0000-4000-8000-000000000001";
const tokenId = "10000000-0000-4000-8000-00000000000a";
const short = { events: 1_000, rows: 1_000 };
const long = { events: 1_000_000, rows: 10_000_000 };
const most = 2;
const rounds = 15;

/** Pages, the calls that fill them, and exports. */
const visits: { name: string; path: string; body?: unknown }[] = [
  { name: "Overview", path: `/t/${tenantId}` },
  { name: "Overview, figures", path: `/api/tenants/${tenantId}/overview` },
  { name: "Overview, 24 hours", path: `/api/tenants/${tenantId}/usage?period=24h` },
  { name: "Overview, 30 days", path: `/api/tenants/${tenantId}/usage?period=30d` },
  { name: "Tokens", path: `/t/${tenantId}/tokens` },
  { name: "Tokens, list", path: `/api/tenants/${tenantId}/tokens` },
  { name: "Token", path: `/t/${tenantId}/tokens/${tokenId}` },
  { name: "Token, 30 days", path: `/api/tenants/${tenantId}/tokens/${tokenId}/usage?period=30d` },
  { name: "Token, recent use", path: `/api/tenants/${tenantId}/tokens/${tokenId}/recent-use` },
  {
    name: "Token, refused calls",
    path: `/api/tenants/${tenantId}/tokens/${tokenId}/refused-calls`,
  },
  { name: "Audit", path: `/t/${tenantId}/audit` },
  { name: "Audit, list", path: `/api/tenants/${tenantId}/audit` },
  { name: "Audit, by action", path: `/api/tenants/${tenantId}/audit?action=token.revoked` },
  { name: "Audit, CSV", path: `/api/tenants/${tenantId}/audit/export?format=csv` },
  { name: "Audit, NDJSON", path: `/api/tenants/${tenantId}/audit/export?format=ndjson` },
  { name: "Support", path: "/support" },
  { name: "Support, search", path: "/api/support/search", body: { query: "made77" } },
  { name: "Support, Tenants", path: "/api/support/tenants" },
  { name: "Support, refused calls", path: "/api/support/refusals" },
  { name: "Support, one refused call", path: "/api/support/refusals?requestId=refused77" },
];

/**
 * First bytes of pages and exports with 1,000,000 audit events and 10,000,000 rows of use, against
 * the same with 1,000 of each.
 */
export async function measureHistory(bench: Bench): Promise<void> {
  const servers: Running[] = [];
  for (const [name, size] of Object.entries({ short, long })) {
    const url = await fill(bench.database.url, `bench_${name}`, size);
    const server = await startProduct(name, url, undefined);
    bench.closing.push(server.stop);
    servers.push(server);
  }
  const visitors = await Promise.all(
    servers.map(async (server) => ({
      server,
      visitor: await signIn(server, ["--staff", "support"]),
    })),
  );
  const cells: string[][] = [];
  let worst = { name: "", times: 0 };
  for (const { name, path, body } of visits) {
    const took: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      for (const [index, { server, visitor }] of visitors.entries()) {
        took[index]?.push(await firstByte(server.url + path, visitor, body));
      }
    }
    const [before, after] = took.map(median) as [number, number];
    const times = after / before;
    if (times > worst.times) worst = { name, times };
    cells.push([name, before.toFixed(1), after.toFixed(1), times.toFixed(2)]);
    bench.say(`  ${cells.at(-1)?.join(", ")}`);
  }
  bench.tables.push(
    markdownTable(["first byte, ms", "1,000", "1,000,000 events, 10,000,000 rows", "times"], cells),
  );
  const name = `history: ${worst.name}, long against short`;
  bench.found.push({
    name,
    wanted: `at most ${most}`,
    seen: worst.times,
    kept: worst.times <= most,
  });
}

async function fill(admin: string, name: string, size: typeof short): Promise<string> {
  const maker = postgres(admin, { max: 1, onnotice: () => {} });
  await maker.unsafe(`create database ${name}`);
  await maker.end();
  const url = new URL(admin);
  url.pathname = `/${name}`;
  await migrate(url.href);
  const statements = (await readFile(new URL("./history.sql", import.meta.url), "utf8"))
    .replaceAll("{events}", String(size.events))
    .replaceAll("{rows}", String(size.rows));
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  await sql.unsafe(statements);
  await sql.end();
  return url.href;
}
