import { randomBytes } from "node:crypto";
import type { BenchDatabase } from "./database";
import type { Case, Load } from "./load-client";
import type { Pinning } from "./machine";
import { startNaive } from "./naive";
import { interleave, type Series } from "./rounds";
import { type Seeded, seed } from "./seed";
import { type Running, startProduct, startServer } from "./servers";

export type Bench = {
  database: BenchDatabase;
  load: Load;
  pinning: Pinning;
  quick: boolean;
  rounds: number;
  seconds: number;
  say: (line: string) => void;
  notes: string[];
  /** What to stop after the group, last first. */
  closing: (() => Promise<void> | void)[];
};

/** Cases that are measured in turn, with the servers that they need. */
export type Group = { name: string; quick: boolean; run(bench: Bench): Promise<Series[]> };

const get = (path: string, headers: Record<string, string> = {}) =>
  `GET ${path} HTTP/1.1\r\nHost: broker.example\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

const bearing = (path: string, tokens: string[]) =>
  tokens.map((token) => get(path, { Authorization: `Bearer ${token}` }));

const garbage = Array.from(
  { length: 1_000 },
  () => `sbat_${randomBytes(37).toString("hex").slice(0, 49)}`,
);

function of(server: Running, name: string, requests: string[], connections = 32): Case {
  return { name, ports: [server.port], pids: [server.pid], requests, connections };
}

let shared: Promise<Seeded> | undefined;
/** The usual database: 100,000 tokens in 1,000 Tenants. */
const usual = (bench: Bench) => {
  shared ??= seed(bench.database.url, "bench_100k", 100_000);
  return shared;
};

async function start(bench: Bench, starting: Promise<Running>): Promise<Running> {
  const server = await starting;
  bench.closing.push(server.stop);
  return server;
}

const startBare = (bench: Bench) =>
  start(
    bench,
    startServer({
      name: "bare",
      args: ["--import", "tsx", "bench/bare.ts"],
      ready: /listening/,
      pinning: bench.pinning,
    }),
  );

export const groups: Group[] = [
  {
    name: "verify",
    quick: true,
    async run(bench) {
      const seeded = await usual(bench);
      const bare = await startBare(bench);
      const product = await start(bench, startProduct("product", seeded.url, bench.pinning));
      const requests = bearing("/up/v5/verify", seeded.tokens);
      return interleave(
        bench.load,
        [
          of(bare, "bare", requests),
          of(product, "verify", requests),
          of(product, "revoked", bearing("/up/v5/verify", seeded.revoked)),
          of(product, "garbage", bearing("/up/v5/verify", garbage)),
        ],
        bench,
      );
    },
  },
  {
    name: "connections",
    quick: true,
    async run(bench) {
      const seeded = await usual(bench);
      const bare = await startBare(bench);
      const product = await start(bench, startProduct("product", seeded.url, bench.pinning));
      const requests = bearing("/up/v5/verify", seeded.tokens);
      const counts = bench.quick ? [1] : [1, 128];
      return interleave(
        bench.load,
        counts.flatMap((count) => {
          const words = count === 1 ? "1 connection" : `${count} connections`;
          return [
            of(bare, `bare, ${words}`, requests, count),
            of(product, `verify, ${words}`, requests, count),
          ];
        }),
        bench,
      );
    },
  },
  {
    name: "naive",
    quick: true,
    async run(bench) {
      const seeded = await usual(bench);
      const naive = await start(bench, startNaive(seeded.url, bench.pinning));
      return interleave(
        bench.load,
        [
          of(naive, "next constant", [get("/constant")]),
          of(naive, "naive verify", bearing("/verify", seeded.tokens)),
        ],
        bench,
      );
    },
  },
];
