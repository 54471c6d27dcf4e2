import { expect, test } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import type { UsageFlush } from "@/db/queries/usage-flush";
import type { BatchLimits, UsedCredential } from "@/lib/usage/batch";
import { createCollector } from "@/lib/usage/collector";

const origin = { requestId: "r-1", address: "192.0.2.1", userAgent: "test/1" };
const credential = (tenantId = uuidv7()): UsedCredential => ({
  kind: "token",
  credentialId: uuidv7(),
  tenantId,
});
const total = (flushes: UsageFlush[]) =>
  flushes
    .flatMap((flush) => flush.uses.flatMap((use) => use.counts))
    .reduce((sum, [, count]) => sum + count, 0);

/** A collector whose writes the test answers. */
function collecting(
  answers: (Error | "ok")[] = [],
  away = true,
  limits: Partial<BatchLimits> = {},
) {
  const tried: UsageFlush[] = [];
  const written: UsageFlush[] = [];
  let time = 0;
  const collector = createCollector({
    write: async (flush) => {
      tried.push(flush);
      const answer = answers.shift() ?? "ok";
      if (answer !== "ok") throw answer;
      written.push(flush);
    },
    isUnavailable: () => away,
    onError: () => {},
    now: () => time,
    limits: { credentials: 2, sources: 2, allSources: 3, refusals: 3, ...limits },
  });
  return { collector, tried, written, pass: (ms: number) => (time += ms) };
}

test("a failed flush keeps its counts and its id, and goes before any later one", async () => {
  const { collector, tried, written, pass } = collecting([new Error("away"), new Error("away")]);
  const one = credential();
  collector.count(one, "accepted", origin);
  await collector.flush();
  collector.count(one, "accepted", origin);
  pass(5_000);
  await collector.flush();
  expect(tried.map((flush) => flush.id)).toEqual([tried[0]?.id, tried[0]?.id]);
  expect(total(tried.slice(1))).toBe(1);
  expect(tried[1]?.ageMs).toBe(5_000);
  expect(await collector.drain(1_000)).toBe(true);
  expect(written.map((flush) => flush.id)).toEqual([tried[0]?.id, tried[3]?.id]);
  expect(total(written)).toBe(2);
});

test("many are written in parts, each counted once, whatever fails between them", async () => {
  const answers = ["ok", new Error("away"), "ok", new Error("away")] as (Error | "ok")[];
  const { collector, tried, written } = collecting(answers, true, { credentials: 20_000 });
  const tenantId = uuidv7();
  const many = Array.from({ length: 10_000 }, () => credential(tenantId));
  for (const one of many) collector.count(one, "accepted", origin);
  await collector.flush();
  for (const one of many) collector.count(one, "accepted", origin);
  expect(await collector.drain(5_000)).toBe(true);
  expect(written.length).toBeGreaterThan(4);
  expect(new Set(written.map(({ id }) => id)).size).toBe(written.length);
  expect(tried.map(({ id }) => id).indexOf(tried[2]?.id as string)).toBe(1);
  const calls = new Map<string, number>();
  for (const { credentialId, counts } of written.flatMap(({ uses }) => uses)) {
    calls.set(credentialId, (calls.get(credentialId) ?? 0) + (counts[0]?.[1] ?? 0));
  }
  expect([...calls.values()].every((count) => count === 2)).toBe(true);
  expect(calls.size).toBe(many.length);
});

test("details that the database refuses don't hold up the counts", async () => {
  const { collector, written } = collecting([new Error("bad text")], false);
  collector.count(credential(), "revoked", origin);
  expect(await collector.drain(1_000)).toBe(true);
  expect(written[0]).toMatchObject({ uses: [{ sources: [] }], refused: [] });
  expect(total(written)).toBe(1);
});

test("a flood stays within its bounds and no count of a Tenant is lost", async () => {
  const { collector, written } = collecting();
  const tenantId = uuidv7();
  const many = Array.from({ length: 50 }, () => credential(tenantId));
  for (const one of many) collector.count(one, "accepted", origin);
  for (let i = 0; i < 100; i++) {
    const from = { ...origin, address: `192.0.2.${i}` };
    collector.count(many[0] as UsedCredential, "revoked", from);
    collector.refuse("unknown", from);
  }
  await collector.drain(0);
  const [flush] = written as [UsageFlush];
  expect(flush.uses).toHaveLength(2);
  expect(flush.overflow).toEqual([{ tenantId, outcome: "accepted", count: 48 }]);
  const ofFirst = flush.uses[0]?.sources ?? [];
  expect(ofFirst.length).toBeLessThanOrEqual(3);
  expect(ofFirst.reduce((sum, source) => sum + source.count, 0)).toBe(101);
  expect(flush.refused).toHaveLength(3);
});

test("what callers say of themselves is cut short and made printable", async () => {
  const { collector, written } = collecting();
  const userAgent = `\u202e\u0000${"x".repeat(5_000)}`;
  collector.count(credential(), "accepted", { ...origin, userAgent });
  await collector.drain(0);
  expect(written[0]?.uses[0]?.sources[0]?.userAgent).toMatch(/^\uFFFD\uFFFDx{198}$/);
});
