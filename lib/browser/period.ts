/** A stretch of time to look at: the last so many days, or from one moment to another. */
export type Period = { last?: LastPeriod; from?: string; to?: string };

export const lastPeriods = ["24h", "7d", "30d"] as const;
export type LastPeriod = (typeof lastPeriods)[number];

const hours: Record<LastPeriod, number> = { "24h": 24, "7d": 168, "30d": 720 };

const instant = (value: string | null): string | undefined =>
  value && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;

/** The period that a page's query names: `last`, or `from` and `to` (ISO 8601, UTC). */
export function parsePeriod(params: URLSearchParams): Period {
  const last = lastPeriods.find((known) => known === params.get("last"));
  if (last) return { last };
  return { from: instant(params.get("from")), to: instant(params.get("to")) };
}

/** A period's bounds, as ISO 8601, seen from a moment in milliseconds of the epoch. */
export function boundsOf(period: Period, now: number): { from?: string; to?: string } {
  if (!period.last) return { from: period.from, to: period.to };
  return { from: new Date(now - hours[period.last] * 3_600_000).toISOString() };
}

/** A moment as a `datetime-local` input shows it in a zone: "2026-11-24T14:03". */
export const toLocal = (at: string | undefined, zone: string): string =>
  at
    ? new Intl.DateTimeFormat("sv-SE", {
        dateStyle: "short",
        timeStyle: "short",
        timeZone: zone,
      })
        .format(Date.parse(at))
        .replace(" ", "T")
    : "";

/** What a `datetime-local` input holds, in the browser's zone, as ISO 8601. */
export function fromLocal(value: string): string | undefined {
  const at = new Date(value);
  return value && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}
