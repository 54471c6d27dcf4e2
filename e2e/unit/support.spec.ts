import { expect, test } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { writeUsage } from "@/db/queries/usage-flush";
import type { UserPrincipal } from "@/lib/principal";
import { searchSupport } from "@/lib/support/search";
import { pageTenants } from "@/lib/support/tenants";
import { issueToken } from "@/lib/tokens/issue";
import { revokeToken } from "@/lib/tokens/revoke";
import { listAttention } from "@/lib/usage/attention";
import { mergeCounts } from "@/lib/usage/merge";
import { getRecentUse } from "@/lib/usage/recent";
import { tidyUsage } from "@/lib/usage/retention";
import { getTenantUsage } from "@/lib/usage/tenant";
import { openDatabase, service } from "../support/in-process";

const database = openDatabase();
const person = (staffRole: "support" | null): UserPrincipal => ({
  kind: "user",
  userId: uuidv7(),
  email: "who@example.org",
  name: "Who",
  staffRole,
  memberships: [],
  sessionId: "s",
  origin: service.origin,
});
const support = person("support");
const search = (query: string) => searchSupport(support, { query });

test.describe("support's search", () => {
  test("a whole token tells whose it is, and is no part of the answer", async () => {
    const { id, secret, tokenId } = await database.tenant();
    const result = await search(` Bearer secret-token:${secret} `);
    expect(result).toMatchObject({
      understoodAs: "token",
      credentials: [{ kind: "token", id: tokenId, tenantId: id, status: "Active" }],
    });
    expect(JSON.stringify(result)).not.toContain(secret.slice(5, -4));
  });

  test("a token that was cut or mistyped is told from one that is unknown", async () => {
    const { secret } = await database.tenant();
    expect(await search(secret.slice(0, -1))).toMatchObject({
      understoodAs: "broken-secret",
      credentials: [],
    });
  });

  test("a hint, an id, a name and a request id each find what they name", async () => {
    const { id, secret, tokenId } = await database.tenant();
    const hint = `sbat_…${secret.slice(-4)}`;
    for (const text of [hint, hint.replace("…", "..."), secret.slice(-4), tokenId]) {
      expect(
        (await search(text)).credentials.map((found) => found.id),
        text,
      ).toContain(tokenId);
    }
    for (const text of [id, id.toUpperCase(), `Tenant ${id.slice(-4)}`]) {
      expect(
        (await search(text)).tenants.map((found) => found.id),
        text,
      ).toContain(id);
    }
    const requestId = `call-${id}`;
    const principal = { ...service, origin: { ...service.origin, requestId } };
    await revokeToken(principal, { tenantId: id, tokenId });
    await writeUsage({
      ...{ id: uuidv7(), ageMs: 0, uses: [], overflow: [] },
      refused: [
        {
          ...{ id: uuidv7(), tenantId: id, credentialId: tokenId, kind: "token", ageMs: 0 },
          ...{ reason: "revoked", requestId, address: "192.0.2.4", userAgent: "x" },
        },
      ],
    });
    const found = await search(requestId);
    expect(found.events).toMatchObject([{ action: "token.revoked", tenantId: id }]);
    expect(found.refusals).toMatchObject([{ reason: "revoked", credentialId: tokenId }]);
    expect((await search("%")).tenants).toEqual([]);
  });

  test("is staff's alone", async () => {
    await expect(searchSupport(person(null), { query: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

test("Tenants come by name, page by page, with their volume", async () => {
  const { id, tokenId } = await database.tenant();
  const use = { kind: "token", credentialId: tokenId, tenantId: id } as const;
  const flush = { id: uuidv7(), ageMs: 0, overflow: [], refused: [] };
  await writeUsage({ ...flush, uses: [{ ...use, sources: [], counts: [["accepted", 9]] }] });
  const all = await pageTenants(support, { limit: 200 });
  expect(all.tenants.find((one) => one.id === id)).toMatchObject({
    accepted24: 9,
    refused24: 0,
    liveTokens: 1,
  });
  const [first, second] = (await pageTenants(support, { limit: 2 })).tenants;
  const next = await pageTenants(support, { limit: 1, after: first?.id });
  expect(next).toMatchObject({ tenants: [second], hasPrevious: true });
  const back = await pageTenants(support, { limit: 1, before: second?.id });
  expect(back).toEqual({ tenants: [first], hasPrevious: false, hasNext: true });
});

test.describe("what needs attention", () => {
  test("never used, silent, overlap ending, and revoked but still knocking", async () => {
    const { id: tenantId, tokenId: neverUsed } = await database.tenant();
    const issue = async (name: string) => (await issueToken(service, { tenantId, name })).id;
    const [silent, ending, knocking, busy] = [
      await issue("silent"),
      await issue("ending"),
      await issue("knocking"),
      await issue("busy"),
    ];
    await revokeToken(service, { tenantId, tokenId: knocking });
    const count = (credentialId: string, outcome: string, n: number) => ({
      ...{ kind: "token" as const, credentialId, tenantId, sources: [] },
      counts: [[outcome, n]] as [string, number][],
    });
    await writeUsage({
      ...{ id: uuidv7(), ageMs: 0, overflow: [], refused: [] },
      uses: [
        count(silent, "accepted", 1),
        count(ending, "accepted", 4),
        count(busy, "accepted", 1),
        count(knocking, "revoked", 6),
      ],
    });
    await mergeCounts();
    await database.query(async (sql) => {
      await sql`update last_uses set last_used_at = now() - interval '31 days' where credential_id = ${silent}`;
      await sql`update tokens set revoke_at = now() + interval '1 day' where id = ${ending}`;
      await sql`update tokens set created_at = now() - interval '2 days' where tenant_id = ${tenantId}`;
    });
    await issue("issued just now");
    const found = await listAttention(service, { tenantId });
    expect(found.map(({ reason, id, calls }) => [reason, id, calls])).toEqual([
      ["knocking", knocking, 6],
      ["overlap-ending", ending, 4],
      ["silent", silent, null],
      ["never-used", neverUsed, null],
    ]);
    expect(await getRecentUse(service, { tenantId, credentialId: ending })).toMatchObject({
      last24Hours: { accepted: 4, refused: 0 },
      last7Days: { accepted: 4, refused: 0 },
    });
  });
});

test("old hours become days, old days and refusals go, and no count is lost on the way", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  await database.query(async (sql) => {
    for (const [age, count] of [
      [0, 1],
      [29, 2],
      [40, 3],
      [40.1, 4],
      [41, 5],
      [1000, 7],
    ] as const) {
      const hour = sql`date_trunc('hour', now() - ${age} * interval '1 day', 'UTC')`;
      await sql`insert into usage_hours values (${tenantId}, ${tokenId}, ${hour}, 'accepted', ${count})`;
      await sql`insert into tenant_usage_hours values (${tenantId}, ${hour}, 'accepted', ${count})`;
    }
    for (const age of [1, 31]) {
      await sql`insert into refusals (id, tenant_id, occurred_at, reason, request_id) values (${uuidv7()}, ${tenantId}, now() - ${age} * interval '1 day', 'revoked', ${`old-${age}`})`;
    }
  });
  // Two instances at once, as they would.
  await Promise.all([tidyUsage(), tidyUsage()]);
  await tidyUsage();
  const rows = await database.query(
    (sql) => sql`select
      (select sum(count)::int from usage_hours where tenant_id = ${tenantId}) as hours,
      (select sum(count)::int from usage_days where tenant_id = ${tenantId}) as days,
      (select sum(count)::int from tenant_usage_hours where tenant_id = ${tenantId}) as "tenantHours",
      (select sum(count)::int from tenant_usage_days where tenant_id = ${tenantId}) as "tenantDays",
      (select string_agg(request_id, ',') from refusals where tenant_id = ${tenantId}) as refusals`,
  );
  expect(rows[0]).toEqual({
    ...{ hours: 3, days: 12, tenantHours: 3, tenantDays: 12, refusals: "old-1" },
  });
  expect(await getTenantUsage(service, { tenantId, period: "30d" })).toMatchObject({ accepted: 3 });
});
