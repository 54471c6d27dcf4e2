import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { v7 as uuidv7 } from "uuid";
import { type UsageFlush, type UseSource, writeUsage } from "@/db/queries/usage-flush";
import { mergeOldUsage, mergeUsage, trimSources } from "@/db/queries/usage-merge";
import { getCredentialUsage } from "@/lib/usage/credential";
import { mergeCounts, mergeWaiting } from "@/lib/usage/merge";
import { listRefusals } from "@/lib/usage/refusals";
import { openDatabase, service } from "../support/in-process";

const database = openDatabase();
test.beforeEach(mergeCounts);

const flushOf = (uses: UsageFlush["uses"], more: Partial<UsageFlush> = {}): UsageFlush => ({
  ...{ id: uuidv7(), ageMs: 0, uses, overflow: [], refused: [] },
  ...more,
});
const callsOf = (
  { id: tenantId, tokenId: credentialId }: { id: string; tokenId: string },
  counts: [string, number][],
  sources: UseSource[] = [],
) => ({ kind: "token" as const, credentialId, tenantId, counts, sources });

test("instances that write and merge the same keys in any order never deadlock", async () => {
  const { id: tenantId } = await database.tenant();
  const ids = Array.from({ length: 150 }, () => uuidv7());
  const deadlocks = () =>
    database.query(async (sql) => {
      const rows =
        await sql`select deadlocks from pg_stat_database where datname = current_database()`;
      return rows[0]?.deadlocks;
    });
  const rounds = 15;
  const asInstance = async (
    n: number,
    write: (sql: postgres.Sql, mixed: string[], of: <T>(value: T) => T[]) => Promise<unknown>,
  ) => {
    const sql = postgres(database.url(), { max: 1 });
    for (let round = 0; round < rounds; round++) {
      const mixed = [...ids].sort(() => Math.random() - 0.5);
      await write(sql, mixed, (value) => mixed.map(() => value));
      if (n !== 2) await sql`select broker_merge_usage(0, 1000)`;
      await sql`select broker_trim_sources(${ids}::uuid[], 0)`;
    }
    await sql.end();
  };
  const thisRelease = (n: number) =>
    asInstance(
      n,
      (sql, mixed, of) => sql`select broker_store_usage(${uuidv7()}, 0,
        ${mixed}::uuid[], ${of(tenantId)}::uuid[], ${of("token")}::text[], ${of("accepted")}::text[], ${of(n)}::bigint[],
        ${of(1)}::int[], ${of(n)}::bigint[], ${sql.json([{ a: "192.0.2.7", u: "" }])}, '[]', '[]')`,
    );
  const theReleaseBefore = (n: number) =>
    asInstance(
      n,
      (sql, mixed, of) => sql`select broker_record_uses(${uuidv7()}, 0,
        ${mixed}::uuid[], ${of(tenantId)}::uuid[], ${of("token")}::text[], ${of("accepted")}::text[], ${of(n)}::bigint[], '[]',
        ${mixed}::uuid[], ${of(tenantId)}::uuid[], ${of(1)}::int[], ${of(n)}::bigint[], '[{"a":"192.0.2.7","u":""}]', '[]')`,
    );
  const before = await deadlocks();
  await Promise.all([thisRelease(1), thisRelease(2), thisRelease(3), theReleaseBefore(4)]);
  await mergeCounts();
  expect(await deadlocks()).toBe(before);
  const sums = await database.query(
    (sql) => sql`select
      (select sum(count)::int from usage_hours where tenant_id = ${tenantId}) as hours,
      (select sum(count)::int from usage_sources where tenant_id = ${tenantId}) as sources`,
  );
  const expected = ids.length * rounds * (1 + 2 + 3 + 4);
  expect(sums[0]).toEqual({ hours: expected, sources: expected });
});

test("flushes of many credentials are merged with all that they counted", async () => {
  const { id: tenantId } = await database.tenant();
  const ids = Array.from({ length: 150 }, () => uuidv7());
  const origins = [
    ["192.0.2.9", "ä/1"],
    ["192.0.2.10", ""],
    ["192.0.2.9", "b/1"],
  ] as const;
  const flush = (places: readonly (readonly [string, string])[]) =>
    flushOf(
      ids.map((tokenId, i) =>
        callsOf(
          { id: tenantId, tokenId },
          [
            ["scope", 1],
            ["accepted", i],
          ],
          places.map(([address, userAgent]) => ({
            ...{ address, userAgent },
            count: 10 * i + origins.findIndex((one) => one[0] === address && one[1] === userAgent),
          })),
        ),
      ),
    );
  await writeUsage(flush(origins));
  // Its own numbers for the same places.
  await writeUsage(flush(origins.toReversed()));
  const merged = await mergeUsage();
  expect(merged).toMatchObject({ merged: 2, waiting: 0 });
  expect(merged.fresh.toSorted()).toEqual(ids);
  await writeUsage(flush(origins));
  expect(await mergeUsage()).toEqual({ merged: 1, waiting: 0, fresh: [] });
  await database.query(async (sql) => {
    const counts = await sql`select h.credential_id, h.outcome, h.count::int from usage_hours h
      where h.tenant_id = ${tenantId} order by h.credential_id, h.outcome`.values();
    expect(counts).toEqual(
      ids.flatMap((id, i) => [
        [id, "accepted", 3 * i],
        [id, "scope", 3],
      ]),
    );
    const sources = await sql`select s.credential_id, s.address, s.user_agent, s.count::int
      from usage_sources s where s.tenant_id = ${tenantId}
      order by s.credential_id, s.count`.values();
    expect(sources).toEqual(
      ids.flatMap((id, i) =>
        origins.map(([address, userAgent], j) => [id, address, userAgent, 3 * (10 * i + j)]),
      ),
    );
    const [row] = await sql`select
      (select count(*)::int from last_uses where tenant_id = ${tenantId}) as last,
      (select sum(count)::int from tenant_usage_hours where tenant_id = ${tenantId}) as tenant`;
    expect(row).toEqual({ last: 150, tenant: 3 * (150 + (150 * 149) / 2) });
  });
});

test("each call counts for the hour in which it came, whatever it is merged with", async () => {
  const tenant = await database.tenant();
  const source = { address: "192.0.2.1", userAgent: "" };
  const hours = 3_600_000;
  for (const [ageMs, count] of [
    [2 * hours, 1],
    [0, 10],
    [hours, 100],
  ] as const) {
    const calls = callsOf(tenant, [["accepted", count]], [{ ...source, count }]);
    const overflow = [{ tenantId: tenant.id, outcome: "accepted", count: 1_000 * count }];
    await writeUsage(flushOf([calls], { ageMs, overflow }));
  }
  await mergeCounts();
  const [row] = await database.query(
    (sql) => sql`select
      (select json_agg(h.count order by h.hour) from usage_hours h where h.tenant_id = ${tenant.id}) as hours,
      (select json_agg(h.count order by h.hour) from tenant_usage_hours h where h.tenant_id = ${tenant.id}) as "ofTenant",
      (select now() - l.last_used_at < interval '1 minute' from last_uses l where l.tenant_id = ${tenant.id}) as "isLatest",
      (select date_trunc('minute', s.last_seen_at - s.first_seen_at + interval '30 seconds')::text from usage_sources s where s.tenant_id = ${tenant.id}) as span`,
  );
  expect(row).toEqual({
    hours: [1, 100, 10],
    ofTenant: [1_001, 100_100, 10_010],
    isLatest: true,
    span: "02:00:00",
  });
});

test("a part at a time is merged, from the oldest on, until nothing waits", async () => {
  const tenant = await database.tenant();
  const waiting = async () => {
    const rows = await database.query((sql) => sql`select id from usage_batches order by id`);
    return rows.map(({ id }) => id);
  };
  const flushes = [3_000, 2_000, 1_000].map((ageMs) =>
    flushOf([callsOf(tenant, [["accepted", 1]])], { ageMs }),
  );
  for (const flush of flushes) await writeUsage(flush);
  expect(await mergeOldUsage(60_000, 100)).toEqual({ merged: 0, waiting: 3, fresh: [] });
  expect(await mergeWaiting(60_000)).toBe(false);
  expect(await mergeOldUsage(1, 1)).toMatchObject({ merged: 1, waiting: 2 });
  expect(await waiting()).toEqual(flushes.slice(1).map(({ id }) => id));
  expect(await mergeOldUsage(1, 2)).toMatchObject({ merged: 2, waiting: 0 });
  for (const flush of flushes) await writeUsage({ ...flush, id: uuidv7() });
  expect(await mergeWaiting(2_500)).toBe(true);
  expect(await waiting()).toEqual([]);
});

test("whoever reads counts waits for another who merges them, and who only tidies does not", async () => {
  const tenant = await database.tenant();
  await writeUsage(flushOf([callsOf(tenant, [["accepted", 7]])], { ageMs: 60_000 }));
  const of = { tenantId: tenant.id, credentialId: tenant.tokenId };
  const other = postgres(database.url(), { max: 1 });
  const read = await other.begin(async (sql) => {
    await sql`select broker_merge_usage(0, 1000)`;
    expect(await mergeOldUsage(1, 1_000)).toEqual({ merged: 0, waiting: 1, fresh: [] });
    const begun = getCredentialUsage(service, of);
    // It asks for the lock that the other one holds.
    await expect
      .poll(async () => {
        const [row] = await database.query(
          (asked) => asked`select count(*)::int as n from pg_locks
            where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())`,
        );
        return row?.n;
      })
      .toBe(1);
    return { begun };
  });
  await other.end();
  expect((await read.begun).buckets).toMatchObject([{ outcome: "accepted", count: 7 }]);
});

test("a merge waits for no standby", async () => {
  const tenant = await database.tenant();
  await writeUsage(flushOf([callsOf(tenant, [["accepted", 1]])]));
  const merger = postgres(database.url(), { max: 1 });
  await merger.begin(async (sql) => {
    await sql`set synchronous_commit = remote_apply`;
    await sql`select broker_merge_usage(0, 1000)`;
    expect(await sql`show synchronous_commit`).toMatchObject([{ synchronous_commit: "off" }]);
  });
  await merger.end();
});

test("refused calls alone leave nothing to merge", async () => {
  const { id: tenantId, tokenId: credentialId } = await database.tenant();
  const call = { id: uuidv7(), tenantId, credentialId, kind: "token" as const, ageMs: 0 };
  const from = { requestId: "call-1", address: "192.0.2.1", userAgent: null };
  await writeUsage(flushOf([], { refused: [{ ...call, ...from, reason: "revoked" }] }));
  expect(await mergeUsage()).toMatchObject({ merged: 0, waiting: 0 });
  expect((await listRefusals(service, { tenantId })).map(({ id }) => id)).toEqual([call.id]);
});

test("counts that can't be merged don't keep anybody from reading", async () => {
  const tenant = await database.tenant();
  await writeUsage(flushOf([callsOf(tenant, [["accepted", 7]])]));
  const of = { tenantId: tenant.id, credentialId: tenant.tokenId };
  const other = postgres(database.url(), { max: 1 });
  await other.begin(async (sql) => {
    await sql`lock table usage_hours in exclusive mode`;
    expect((await getCredentialUsage(service, of)).buckets).toEqual([]);
  });
  await other.end();
  expect((await getCredentialUsage(service, of)).buckets).toMatchObject([{ count: 7 }]);
});

test("sources are looked at by credential, however few there are", async () => {
  const tenant = await database.tenant();
  const source = { address: "192.0.2.1", userAgent: "", count: 1 };
  await writeUsage(flushOf([callsOf(tenant, [], [source])]));
  await mergeCounts();
  await database.query(async (sql) => {
    await sql`analyze usage_sources`;
    const wholeReads = async () => {
      await sql`select pg_stat_force_next_flush()`;
      const [row] = await sql`select seq_scan::int as reads from pg_stat_user_tables
        where relname = 'usage_sources'`;
      return row?.reads as number;
    };
    const before = await wholeReads();
    await sql`select broker_trim_sources(${[tenant.tokenId]}::uuid[], 100)`;
    expect(await wholeReads()).toBe(before);
  });
});

test("sources beyond the kept ones are added up", async () => {
  const tenant = await database.tenant();
  const seen = Array.from({ length: 8 }, (_, i) => ({
    address: `192.0.2.${i}`,
    userAgent: "a",
    count: i + 1,
  }));
  await writeUsage(flushOf([callsOf(tenant, [], seen)]));
  expect((await mergeUsage()).fresh).toEqual([tenant.tokenId]);
  await writeUsage(flushOf([callsOf(tenant, [], seen)]));
  expect((await mergeUsage()).fresh).toEqual([]);
  await trimSources([tenant.tokenId], 3);
  const { sources } = await getCredentialUsage(service, {
    tenantId: tenant.id,
    credentialId: tenant.tokenId,
  });
  expect(sources).toHaveLength(4);
  expect(sources.reduce((sum, source) => sum + source.count, 0)).toBe(72);
  expect(sources.filter((source) => source.address === "*")).toHaveLength(1);
});
