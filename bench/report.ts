import { cpus } from "node:os";
import { median, type Series } from "./rounds";

export type Row = {
  case: string;
  connections: number;
  rps: number;
  p50: number;
  p99: number;
  serverCpuMicros: number | null;
  databaseCpuMicros: number | null;
  statuses: Record<string, number>;
};

/** Something promised, what was seen, and whether the one keeps to the other. */
export type Promised = { name: string; wanted: string; seen: number; kept: boolean };

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** Medians over the rounds. */
export function toRow(series: Series): Row {
  const of = (key: "rps" | "p50" | "p99" | "serverCpu" | "databaseCpu") =>
    median(series.samples.map((sample) => sample[key]));
  const statuses: Record<string, number> = {};
  for (const sample of series.samples) {
    for (const [status, count] of Object.entries(sample.statuses)) {
      statuses[status] = (statuses[status] ?? 0) + count;
    }
  }
  const micros = (value: number) => (Number.isFinite(value) ? rounded(value, 1) : null);
  return {
    case: series.name,
    connections: series.connections,
    rps: rounded(of("rps"), 0),
    p50: rounded(of("p50"), 3),
    p99: rounded(of("p99"), 3),
    serverCpuMicros: micros(of("serverCpu")),
    databaseCpuMicros: micros(of("databaseCpu")),
    statuses,
  };
}

/** A table whose first column is words and whose others are numbers. */
export const markdownTable = (head: string[], rows: string[][]) => {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => (row[at] as string).length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number))).join(" | ")} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
};

/** The report, in Markdown that reads well in a terminal too. */
export function toMarkdown(
  rows: Row[],
  promises: Promised[],
  tables: string[],
  pinned: boolean,
): string {
  const micros = (value: number | null) => (value === null ? "" : value.toFixed(0));
  const cores = cpus();
  return [
    `Node ${process.version}, ${cores.length} x ${cores[0]?.model ?? "?"}; load, server and database on this machine, ${pinned ? "the server pinned to a core of its own" : "nothing pinned"}. Medians over interleaved rounds.`,
    "",
    markdownTable(
      ["case", "conn.", "requests/s", "p50 ms", "p99 ms", "server us", "database us", "answers"],
      rows.map((row) => [
        row.case,
        String(row.connections),
        String(row.rps),
        row.p50.toFixed(2),
        row.p99.toFixed(2),
        micros(row.serverCpuMicros),
        micros(row.databaseCpuMicros),
        Object.keys(row.statuses).join(" "),
      ]),
    ),
    "",
    markdownTable(
      ["what was promised", "wanted", "seen", ""],
      promises.map(({ name, wanted, seen, kept }) => [
        name,
        wanted,
        seen.toFixed(3),
        kept ? "kept" : "MISSED",
      ]),
    ),
    ...tables.flatMap((table) => ["", table]),
  ].join("\n");
}
