import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { v7 as uuidv7 } from "uuid";
import { trimSources, type UsageFlush, writeUsage } from "@/db/queries/usage-flush";
import type { UsedCredential } from "@/lib/usage/batch";
import { getCredentialUsage } from "@/lib/usage/credential";
import { getCredentialPeriod } from "@/lib/usage/credential-period";
import { listRefusals } from "@/lib/usage/refusals";
import { listRefusedSources } from "@/lib/usage/refused-sources";
import { getTenantUsage } from "@/lib/usage/tenant";
import { openDatabase, service } from "../support/in-process";

const credential = (tenantId = uuidv7()): UsedCredential => ({
  kind: "token",
  credentialId: uuidv7(),
  tenantId,
});

const database = openDatabase();
const flushOf = (uses: [UsedCredential, string, number][], more: Partial<UsageFlush> = {}) => ({
  id: uuidv7(),
  ageMs: 0,
  counted: uses.map(([one, outcome, count]) => ({ ...one, outcome, count })),
  overflow: [],
  seen: [],
  refused: [],
  ...more,
});

test("a flush that is sent twice counts once, and counts add up", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  const one: UsedCredential = { kind: "token", credentialId: tokenId, tenantId };
  const flush = flushOf([
    [one, "accepted", 3],
    [one, "scope", 1],
  ]);
  await writeUsage(flush);
  await writeUsage(flush);
  await writeUsage(
    flushOf([[one, "accepted", 4]], { overflow: [{ tenantId, outcome: "accepted", count: 5 }] }),
  );
  const usage = await getCredentialUsage(service, { tenantId, credentialId: tokenId });
  expect(usage.buckets.map(({ outcome, count }) => [outcome, count])).toEqual([
    ["accepted", 7],
    ["scope", 1],
  ]);
  const ofTenant = await getTenantUsage(service, { tenantId, period: "24h" });
  expect(ofTenant).toMatchObject({ accepted: 12, refused: 1, by: "hour" });
  expect(ofTenant.buckets).toHaveLength(24);
  expect(ofTenant.buckets.at(-1)).toMatchObject({ accepted: 12, refused: 1 });
});

test("a credential's period holds every bucket, rolled-up days too, and all its sources", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  await database.query(async (sql) => {
    for (const [outcome, days, count] of [
      ["accepted", 0, 3],
      ["accepted", 6, 5],
      ["scope", 6, 2],
      ["accepted", 29, 7],
      ["accepted", 40, 100],
    ] as const) {
      await sql`insert into usage_days (tenant_id, credential_id, day, outcome, count)
        values (${tenantId}, ${tokenId}, date_trunc('day', now(), 'UTC') - make_interval(days => ${days}), ${outcome}, ${count})`;
    }
    await sql`insert into usage_hours (tenant_id, credential_id, hour, outcome, count)
      values (${tenantId}, ${tokenId}, date_trunc('hour', now()), 'revoked', 1)`;
    await sql`insert into usage_sources values (${tenantId}, ${tokenId}, '192.0.2.1', '', now() - interval '90 days', now() - interval '80 days', 9)`;
  });
  const of = { tenantId, credentialId: tokenId };
  const week = await getCredentialPeriod(service, { ...of, period: "7d" });
  expect(week).toMatchObject({ by: "day", accepted: 8, refused: 3 });
  expect(week.buckets).toHaveLength(7);
  expect(week.buckets[0]).toMatchObject({ accepted: 5, refused: 2 });
  expect(week.outcomes[0]).toEqual({ outcome: "accepted", count: 8 });
  expect(week.sources).toMatchObject([{ address: "192.0.2.1", userAgent: null, count: 9 }]);
  const month = await getCredentialPeriod(service, { ...of, period: "30d" });
  expect(month).toMatchObject({ accepted: 15, refused: 3 });
  expect(month.buckets).toHaveLength(30);
  const day = await getCredentialPeriod(service, { ...of, period: "24h" });
  expect(day.buckets.at(-1)).toMatchObject({ refused: 1 });
  const foreign = await database.tenant();
  const seen = await getCredentialPeriod(service, {
    ...{ tenantId: foreign.id, credentialId: tokenId, period: "30d" },
  });
  expect(seen).toMatchObject({ accepted: 0, refused: 0, outcomes: [], sources: [] });
});

test("refused calls add up by source and reason, the latest first", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  const one = { kind: "token" as const, credentialId: tokenId, tenantId };
  const call = (address: string | null, reason: string, ageMs: number) => ({
    ...{ ...one, id: uuidv7(), address, reason, ageMs, userAgent: null },
    requestId: `${address} ${ageMs}`,
  });
  const refused = [
    call("192.0.2.1", "revoked", 9_000),
    call("192.0.2.1", "revoked", 5_000),
    call("192.0.2.1", "scope", 60_000),
    call(null, "revoked", 1_000),
  ];
  await writeUsage(flushOf([], { refused }));
  const found = await listRefusedSources(service, { tenantId, credentialId: tokenId });
  expect(found.map(({ address, reason, count }) => [address, reason, count])).toEqual([
    [null, "revoked", 1],
    ["192.0.2.1", "revoked", 2],
    ["192.0.2.1", "scope", 1],
  ]);
  expect(found[1]?.lastRequestId).toBe("192.0.2.1 5000");
  const foreign = await database.tenant();
  const elsewhere = { tenantId: foreign.id, credentialId: tokenId };
  expect(await listRefusedSources(service, elsewhere)).toEqual([]);
});

test("instances that write the same keys in any order never deadlock", async () => {
  const { id: tenantId } = await database.tenant();
  const ids = Array.from({ length: 150 }, () => uuidv7());
  const deadlocks = () =>
    database.query(async (sql) => {
      const rows =
        await sql`select deadlocks from pg_stat_database where datname = current_database()`;
      return rows[0]?.deadlocks;
    });
  const rounds = 15;
  const writeAsInstance = async (n: number) => {
    const sql = postgres(database.url(), { max: 1 });
    for (let round = 0; round < rounds; round++) {
      const mixed = [...ids].sort(() => Math.random() - 0.5);
      const same = <T>(value: T) => mixed.map(() => value);
      await sql`select broker_record_uses(${uuidv7()}, 0,
        ${mixed}::uuid[], ${same(tenantId)}::uuid[], ${same("token")}::text[], ${same("accepted")}::text[], ${same(n)}::bigint[], '[]',
        ${mixed}::uuid[], ${same(tenantId)}::uuid[], ${same(1)}::int[], ${same(n)}::bigint[], '[{"a":"192.0.2.7","u":""}]', '[]')`;
      await sql`select broker_trim_sources(${ids}::uuid[], 0)`;
    }
    await sql.end();
  };
  const before = await deadlocks();
  await Promise.all([1, 2, 3, 4].map(writeAsInstance));
  expect(await deadlocks()).toBe(before);
  const sums = await database.query(
    (sql) => sql`select
      (select sum(count)::int from usage_hours where tenant_id = ${tenantId}) as hours,
      (select sum(count)::int from usage_sources where tenant_id = ${tenantId}) as sources`,
  );
  const expected = ids.length * rounds * (1 + 2 + 3 + 4);
  expect(sums[0]).toEqual({ hours: expected, sources: expected });
});

test("a flush of many credentials counts all of it", async () => {
  const { id: tenantId } = await database.tenant();
  const all = Array.from({ length: 150 }, () => credential(tenantId));
  const origins = [
    ["192.0.2.9", "ä/1"],
    ["192.0.2.10", ""],
    ["192.0.2.9", "b/1"],
  ] as const;
  const flush = () =>
    flushOf(
      all.flatMap((one, i): [UsedCredential, string, number][] => [
        [one, "scope", 1],
        [one, "accepted", i],
      ]),
      {
        seen: all.flatMap(({ credentialId }, i) =>
          origins.map(([address, userAgent], j) => ({
            ...{ credentialId, tenantId, address, userAgent },
            count: 10 * i + j,
          })),
        ),
      },
    );
  const ids = all.map(({ credentialId }) => credentialId);
  expect(new Set(await writeUsage(flush()))).toEqual(new Set(ids));
  expect(await writeUsage(flush())).toEqual([]);
  await database.query(async (sql) => {
    const counts = await sql`select h.credential_id, h.outcome, h.count::int from usage_hours h
      where h.tenant_id = ${tenantId} order by h.credential_id, h.outcome`.values();
    expect(counts).toEqual(
      ids.flatMap((id, i) => [
        [id, "accepted", 2 * i],
        [id, "scope", 2],
      ]),
    );
    const sources = await sql`select s.credential_id, s.address, s.user_agent, s.count::int
      from usage_sources s where s.tenant_id = ${tenantId}
      order by s.credential_id, s.count`.values();
    expect(sources).toEqual(
      ids.flatMap((id, i) =>
        origins.map(([address, userAgent], j) => [id, address, userAgent, 2 * (10 * i + j)]),
      ),
    );
    const [row] = await sql`select
      (select count(*)::int from last_uses where tenant_id = ${tenantId}) as last,
      (select sum(count)::int from tenant_usage_hours where tenant_id = ${tenantId}) as tenant`;
    expect(row).toEqual({ last: 150, tenant: 2 * (150 + (150 * 149) / 2) });
  });
});

test("sources are looked at by credential, however few there are", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  const source = { credentialId: tokenId, tenantId, address: "192.0.2.1", userAgent: "" };
  await writeUsage(flushOf([], { seen: [{ ...source, count: 1 }] }));
  await database.query(async (sql) => {
    await sql`analyze usage_sources`;
    const wholeReads = async () => {
      await sql`select pg_stat_force_next_flush()`;
      const [row] = await sql`select seq_scan::int as reads from pg_stat_user_tables
        where relname = 'usage_sources'`;
      return row?.reads as number;
    };
    const before = await wholeReads();
    await sql`select broker_trim_sources(${[tokenId]}::uuid[], 100)`;
    expect(await wholeReads()).toBe(before);
  });
});

test("sources beyond the kept ones are added up", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  const seen = Array.from({ length: 8 }, (_, i) => ({
    credentialId: tokenId,
    tenantId,
    address: `192.0.2.${i}`,
    userAgent: "a",
    count: i + 1,
  }));
  const fresh = await writeUsage(flushOf([], { seen }));
  expect(fresh).toEqual([tokenId]);
  expect(await writeUsage(flushOf([], { seen }))).toEqual([]);
  await trimSources([tokenId], 3);
  const { sources } = await getCredentialUsage(service, { tenantId, credentialId: tokenId });
  expect(sources).toHaveLength(4);
  expect(sources.reduce((sum, source) => sum + source.count, 0)).toBe(72);
  expect(sources.filter((source) => source.address === "*")).toHaveLength(1);
});

test("refused calls are listed newest first, page by page, a Tenant's own only", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  const other = await database.tenant();
  const refused = Array.from({ length: 5 }, (_, i) => ({
    id: uuidv7(),
    tenantId: i === 4 ? other.id : tenantId,
    credentialId: i === 4 ? other.tokenId : tokenId,
    kind: "token" as const,
    ageMs: i * 1_000,
    reason: "revoked",
    requestId: `call-${i}`,
    address: "192.0.2.9",
    userAgent: null,
  }));
  await writeUsage(flushOf([], { refused }));
  const first = await listRefusals(service, { tenantId, limit: 3 });
  expect(first.map((call) => call.requestId)).toEqual(["call-0", "call-1", "call-2"]);
  expect(first[0]).toMatchObject({ credentialName: "Default token", reason: "revoked" });
  const second = await listRefusals(service, { tenantId, limit: 3, after: first[2]?.id });
  expect(second.map((call) => call.requestId)).toEqual(["call-3"]);
  const all = await listRefusals(service, { tenantId: null, requestId: "call-4" });
  expect(all.map((call) => call.tenantId)).toEqual([other.id]);
});
