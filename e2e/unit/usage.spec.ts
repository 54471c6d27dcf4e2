import { expect, test } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { type UsageFlush, writeUsage } from "@/db/queries/usage-flush";
import { getCredentialUsage } from "@/lib/usage/credential";
import { getCredentialPeriod } from "@/lib/usage/credential-period";
import { mergeCounts } from "@/lib/usage/merge";
import { listRefusals } from "@/lib/usage/refusals";
import { listRefusedSources } from "@/lib/usage/refused-sources";
import { getTenantUsage } from "@/lib/usage/tenant";
import { openDatabase, service } from "../support/in-process";

const database = openDatabase();
const flushOf = (more: Partial<UsageFlush>): UsageFlush => ({
  ...{ id: uuidv7(), ageMs: 0, uses: [], overflow: [], refused: [] },
  ...more,
});

test("a flush that is sent twice counts once, and counts add up", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  const one = { kind: "token" as const, credentialId: tokenId, tenantId, sources: [] };
  const uses = (...counts: [string, number][]) => [{ ...one, counts }];
  const flush = flushOf({ uses: uses(["accepted", 3], ["scope", 1]) });
  await writeUsage(flush);
  await writeUsage(flush);
  await mergeCounts();
  await writeUsage(flush);
  const overflow = [{ tenantId, outcome: "accepted", count: 5 }];
  await writeUsage(flushOf({ uses: uses(["accepted", 4]), overflow }));
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
  await writeUsage(flushOf({ refused }));
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
  await writeUsage(flushOf({ refused }));
  const first = await listRefusals(service, { tenantId, limit: 3 });
  expect(first.map((call) => call.requestId)).toEqual(["call-0", "call-1", "call-2"]);
  expect(first[0]).toMatchObject({ credentialName: "Default token", reason: "revoked" });
  const second = await listRefusals(service, { tenantId, limit: 3, after: first[2]?.id });
  expect(second.map((call) => call.requestId)).toEqual(["call-3"]);
  const all = await listRefusals(service, { tenantId: null, requestId: "call-4" });
  expect(all.map((call) => call.tenantId)).toEqual([other.id]);
});
