import { expect, test } from "@playwright/test";
import { type OverlapStage, overlapStage } from "@/lib/browser/overlap";
import { barsOf, type PeriodUsage, parseUsageLook } from "@/lib/browser/usage";

const now = Date.parse("2026-11-24T12:00:00Z");
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

test.describe("how far a replacement has come", () => {
  const table: [what: string, old: string | null, successor: string | null, OverlapStage][] = [
    ["the old one was called a minute ago", ago(1), ago(1), "in-use"],
    ["the old one was called a minute ago, the new one never", ago(1), null, "in-use"],
    ["silent for a quarter of an hour, the new one in use", ago(15), ago(200), "quiet"],
    ["silent for a day, the new one never used", ago(1_440), null, "waiting"],
    ["the old one was never used", null, null, "unused"],
    ["the old one was never used, the new one is", null, ago(1), "unused"],
  ];
  for (const [what, old, successor, stage] of table) {
    test(`${what}: ${stage}`, () => expect(overlapStage(old, successor, now)).toBe(stage));
  }
});

test.describe("the bars of a chart", () => {
  const of = (by: "hour" | "day", start: string): PeriodUsage => ({
    ...{ period: "24h", by, accepted: 1, refused: 2, outcomes: [] },
    buckets: [{ start, accepted: 1, refused: 2 }],
  });

  test("hours are in the reader's zone, days are the UTC days that are counted", () => {
    const start = "2026-11-24T00:00:00.000Z";
    expect(barsOf(of("hour", start), "America/New_York")).toEqual([
      {
        ...{ key: start, label: "19:00", title: "23 Nov 2026, 19:00 to 20:00" },
        ...{ accepted: 1, refused: 2 },
      },
    ]);
    expect(barsOf(of("day", start), "America/New_York")).toMatchObject([
      { label: "24 Nov", title: "24 Nov 2026" },
    ]);
  });

  test("a period in a URL that is not known is the usual one", () => {
    for (const query of ["", "period=24h", "period=1y", "period=7d%00"]) {
      expect(parseUsageLook(new URLSearchParams(query)).period, query).toBeUndefined();
    }
    expect(parseUsageLook(new URLSearchParams("period=30d")).period).toBe("30d");
  });
});
