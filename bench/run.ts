import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureBuild } from "@/bin/build";
import { type Bench, type Group, groups } from "./cases";
import { startDatabase } from "./database";
import { startLoad } from "./load-client";
import { choosePinning } from "./machine";
import { promised } from "./promises";
import { toMarkdown, toRow } from "./report";
import type { Series } from "./rounds";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    markdown: { type: "string" },
    only: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
  },
});

/** `npm run bench -- [--quick] [--json FILE] [--markdown FILE] [--only a,b] [--rounds N] [--seconds S]` */
async function main() {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const chosen = chosenGroups();
  const pinning = choosePinning();
  const closing: Bench["closing"] = [];
  const close = async () => {
    for (const work of closing.splice(0).reverse()) await work();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => close().finally(() => process.exit(130)));
  }
  try {
    const built = ensureBuild({ log: say });
    built.catch(() => {}); // Thrown where it is waited for, too.
    const database = await startDatabase();
    closing.push(database.stop);
    const load = startLoad(pinning, database.pid);
    closing.push(load.stop);
    const bench: Bench = {
      database,
      load,
      pinning,
      built,
      quick: values.quick,
      rounds: Number(values.rounds ?? (values.quick ? 3 : 7)),
      seconds: Number(values.seconds ?? (values.quick ? 0.5 : 3)),
      say,
      tables: [],
      found: [],
      closing,
    };
    say("preparing ...");
    const measures = await Promise.all(chosen.map((group) => group.prepare(bench)));
    await database.settle(pinning);
    const series: Series[] = [];
    for (const [index, measure] of measures.entries()) {
      say(`${chosen[index]?.name} ...`);
      series.push(...(await measure()));
    }
    report(series, bench);
  } finally {
    await close();
  }
}

/** @throws Error that names groups which `--only` asks for and there are none of */
function chosenGroups(): Group[] {
  const only = values.only?.split(",");
  if (!only) return groups.filter(({ quick }) => quick || !values.quick);
  const unknown = only.filter((name) => !groups.some((group) => group.name === name));
  if (unknown.length === 0) return groups.filter(({ name }) => only.includes(name));
  const known = groups.map(({ name }) => name).join(", ");
  throw new Error(`No group is called ${unknown.join(", ")}. There are: ${known}.`);
}

function report(series: Series[], bench: Bench) {
  const rows = series.map(toRow);
  const { ratios, promises } = promised(series);
  const all = [...promises, ...bench.found];
  const markdown = toMarkdown(rows, all, bench.tables, bench.pinning !== undefined);
  process.stdout.write(`\n${markdown}\n`);
  if (values.markdown) writeFileSync(values.markdown, `${markdown}\n`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ ratios, rows }, null, 2)}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  // Other preparations may still be under way.
  process.exit(1);
});
