import { setTimeout as sleep } from "node:timers/promises";
import type { Case, Load, Sample } from "./load-client";

/** How long a case is measured whose counts are to be written meanwhile. */
const wholeSeconds = 1.7;
/** By when all that a case left to be counted has been written. */
const writtenMs = 1_300;

/** The samples of one case, one a round. */
export type Series = { name: string; connections: number; samples: Sample[] };

type Rounds = {
  rounds: number;
  seconds: number;
  /** For so many seconds all cases are called at once before the first of them is measured. */
  warmUp?: number;
  say: (line: string) => void;
};

/**
 * Measures cases in turn, round by round: what disturbs the machine disturbs all of them. What all
 * of them are called at first, at once, does not count: servers compile and load for a while.
 */
export async function interleave(
  load: Load,
  cases: Case[],
  { rounds, seconds, warmUp = 2, say }: Rounds,
): Promise<Series[]> {
  const secondsOf = ({ whole }: Case) => (whole ? Math.max(seconds, wholeSeconds) : seconds);
  await load.run(cases, Math.max(seconds, warmUp));
  const all = cases.map(emptySeries);
  let writtenAt = performance.now() + writtenMs;
  for (let round = 0; round < rounds; round++) {
    for (const [index, wanted] of cases.entries()) {
      if (wanted.whole) await sleep(Math.max(0, writtenAt - performance.now()));
      const [sample] = (await load.run([wanted], secondsOf(wanted))) as [Sample];
      if (!wanted.uncounted) writtenAt = performance.now() + writtenMs;
      all[index]?.samples.push(sample);
      say(lineOf(wanted, sample));
    }
  }
  return all;
}

/**
 * Measures cases at the same time. Where their servers share a core, the scheduler gives each as
 * much of it, whatever disturbs the machine: the better one answers more in it. A first round does
 * not count.
 */
export async function together(
  load: Load,
  cases: Case[],
  { rounds, seconds, say }: Rounds,
): Promise<Series[]> {
  const all = cases.map(emptySeries);
  for (let round = 0; round <= rounds; round++) {
    const samples = await load.run(cases, Math.max(seconds, wholeSeconds));
    if (round === 0) continue;
    for (const [index, sample] of samples.entries()) {
      all[index]?.samples.push(sample);
      say(lineOf(cases[index] as Case, sample));
    }
  }
  return all;
}

const emptySeries = ({ name, connections }: Case): Series => ({ name, connections, samples: [] });

const lineOf = ({ name }: Case, { rps, p50, p99, statuses }: Sample) =>
  `  ${name}: ${rps.toFixed(0)}/s, p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)} ms, ${JSON.stringify(statuses)}`;

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The median of the rounds' own ratios of two series; undefined where one is missing. */
export function ratio(
  series: Series[],
  above: string,
  below: string,
  of: (sample: Sample) => number = ({ rps }) => rps,
): number | undefined {
  const [a, b] = [above, below].map((name) => series.find((each) => each.name === name)?.samples);
  if (!a || !b) return undefined;
  return median(a.map((sample, round) => of(sample) / of(b[round] as Sample)));
}
