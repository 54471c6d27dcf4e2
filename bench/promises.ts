import type { Promised } from "./report";
import { median, ratio, type Series } from "./rounds";

/** Ratios within one run that must hold on two cores: name, cases above and below, least value. */
const wanted = [
  ["verify/bare", "verify", "bare", 0.6],
  ["verify/naive", "verify beside naive", "naive verify", 20],
  ["verify-jwt/bare", "verify-jwt", "bare beside JWTs", 0.5],
  ["verify-jwt-new/bare", "verify-jwt-new", "bare beside JWTs", 0.15],
  ["garbage/bare", "garbage", "bare", 0.8],
  ["issue-jwt/naive", "issue-jwt", "naive issue-jwt", 10],
  ["tokens-1m/tokens-1k", "tokens-1m", "tokens-1k", 0.85],
  ["counting-on/off", "counting-on", "counting-off", 0.9],
] as const;

/** What the series show of each promise; one whose cases were not measured is left out. */
export function promised(series: Series[]): {
  ratios: Record<string, number>;
  promises: Promised[];
} {
  const ratios: Record<string, number> = {};
  const promises: Promised[] = [];
  for (const [name, above, below, least] of wanted) {
    const seen = ratio(series, above, below);
    if (seen === undefined) continue;
    ratios[name] = Number(seen.toFixed(4));
    promises.push({ name, wanted: `at least ${least}`, seen, kept: seen >= least });
  }
  const tail = ratio(series, "verify", "bare", ({ p99 }) => p99);
  if (tail !== undefined) {
    promises.push({ name: "p99 verify/bare", wanted: "at most 3", seen: tail, kept: tail <= 3 });
  }
  const [one, floor] = ["verify, 1 connection", "bare, 1 connection"].map(
    (name) => series.find((each) => each.name === name)?.samples,
  );
  if (one && floor) {
    const seen = median(one.map(({ p50 }, round) => p50 - (floor[round]?.p50 ?? 0)));
    const name = "p50 of verify over bare, 1 connection, ms";
    promises.push({ name, wanted: "at most 1.0", seen, kept: seen <= 1 });
  }
  return { ratios, promises };
}
