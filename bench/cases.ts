import { randomBytes } from "node:crypto";
import type { BenchDatabase } from "./database";
import { measureHistory } from "./history";
import type { Case, Load } from "./load-client";
import type { Pinning } from "./machine";
import { startNaive } from "./naive";
import { measurePortal } from "./portal";
import type { Promised } from "./report";
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
  /** Further tables of the report, and what they show of promises. */
  tables: string[];
  found: Promised[];
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

const form = (path: string, fields: Record<string, string>) => {
  const body = new URLSearchParams(fields).toString();
  const type = "Content-Type: application/x-www-form-urlencoded";
  return `POST ${path} HTTP/1.1\r\nHost: broker.example\r\n${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

const tokenRequest = (path: string, { id, secret }: Seeded["client"]) =>
  form(path, { grant_type: "client_credentials", client_id: id, client_secret: secret });

/** Has the product issue JWTs, to be shown to it. */
async function issueJwts(server: Running, { client }: Seeded, count: number): Promise<string[]> {
  const body = `grant_type=client_credentials&client_id=${client.id}&client_secret=${client.secret}`;
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const one = async () => {
    const url = `http://127.0.0.1:${server.port}/oauth2/token`;
    const answer = await fetch(url, { method: "POST", headers, body });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const issued: string[] = [];
  while (issued.length < count) {
    issued.push(...(await Promise.all(Array.from({ length: Math.min(100, count) }, one))));
  }
  return issued;
}

function of(server: Running, name: string, requests: string[], connections = 32): Case {
  return { name, ports: [server.port], pids: [server.pid], requests, connections };
}

let shared: Promise<Seeded> | undefined;
/** The tokens that call in most cases: two Systems of each Tenant. */
const busy = ({ tokens }: Seeded) => tokens.slice(0, 2_000);

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
      const requests = bearing("/up/v5/verify", busy(seeded));
      const series = await interleave(
        bench.load,
        [
          { ...of(bare, "bare", requests), whole: true },
          { ...of(product, "verify", requests), whole: true },
          // Each call is the only one of its token in its second: counting can add up nothing.
          of(product, "verify, 20,000 tokens", bearing("/up/v5/verify", seeded.tokens)),
          of(product, "revoked", bearing("/up/v5/verify", seeded.revoked)),
          of(product, "garbage", bearing("/up/v5/verify", garbage)),
        ],
        bench,
      );
      const counts = bench.quick ? [1] : [1, 128];
      const others = counts.flatMap((count) => {
        const words = count === 1 ? "1 connection" : `${count} connections`;
        return [
          of(bare, `bare, ${words}`, requests, count),
          of(product, `verify, ${words}`, requests, count),
        ];
      });
      return [...series, ...(await interleave(bench.load, others, bench))];
    },
  },
  {
    name: "jwt",
    quick: true,
    async run(bench) {
      const seeded = await usual(bench);
      const bare = await startBare(bench);
      const product = await start(bench, startProduct("product", seeded.url, bench.pinning));
      // Enough that none is seen twice at 8,000 a second, warming up included.
      const sentSeconds = (bench.rounds + 1) * bench.seconds * 1.4;
      const fresh = await issueJwts(product, seeded, Math.ceil(8_000 * sentSeconds));
      const seen = await issueJwts(product, seeded, 1_000);
      const { client } = seeded;
      const shown = seeded.tokens.map((token) =>
        form("/oauth2/introspect", { token, client_id: client.id, client_secret: client.secret }),
      );
      return interleave(
        bench.load,
        [
          of(bare, "bare beside JWTs", bearing("/up/v5/verify", seen)),
          of(product, "verify-jwt", bearing("/up/v5/verify", seen)),
          { ...of(product, "verify-jwt-new", bearing("/up/v5/verify", fresh)), once: true },
          of(product, "introspection", shown),
        ],
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
      const product = await start(bench, startProduct("product", seeded.url, bench.pinning));
      return interleave(
        bench.load,
        [
          of(naive, "next constant", [get("/constant")]),
          of(naive, "naive verify", bearing("/verify", busy(seeded))),
          of(product, "verify beside naive", bearing("/up/v5/verify", busy(seeded))),
          of(naive, "naive issue-jwt", [tokenRequest("/token", seeded.client)]),
          of(product, "issue-jwt", [tokenRequest("/oauth2/token", seeded.client)]),
        ],
        bench,
      );
    },
  },
  {
    name: "counting",
    quick: true,
    async run(bench) {
      const seeded = await usual(bench);
      const requests = bearing("/up/v5/verify", busy(seeded));
      const on = await start(bench, startProduct("on", seeded.url, bench.pinning));
      const off = await start(
        bench,
        startProduct("off", seeded.url, bench.pinning, { BROKER_USAGE: "off" }),
      );
      const cases = [of(on, "counting-on", requests), of(off, "counting-off", requests)].map(
        (wanted): Case => ({ ...wanted, whole: true }),
      );
      return interleave(bench.load, cases, bench);
    },
  },
  {
    name: "sizes",
    quick: true,
    async run(bench) {
      const cases: Case[] = [];
      for (const [name, count] of [
        ["tokens-1k", 1_000],
        ["tokens-100k", 100_000],
        ["tokens-1m", 1_000_000],
      ] as const) {
        if (bench.quick && count === 100_000) continue;
        const { url, tokens } = await seed(
          bench.database.url,
          `bench_${name.replace("-", "_")}`,
          count,
        );
        const product = await start(bench, startProduct(name, url, bench.pinning));
        // As many that call, whatever the size: only what they are looked up in differs.
        cases.push(of(product, name, bearing("/up/v5/verify", tokens.slice(0, 1_000))));
      }
      return interleave(bench.load, cases, bench);
    },
  },
  {
    name: "lists",
    quick: false,
    async run(bench) {
      const seeded = await usual(bench);
      const product = await start(bench, startProduct("product", seeded.url, bench.pinning));
      const cases = [...seeded.readers].map(([size, token]) =>
        of(product, `list of ${size}`, bearing("/up/v5/entityToken", [token])),
      );
      return interleave(bench.load, cases, bench);
    },
  },
  {
    name: "instances",
    quick: false,
    async run(bench) {
      const seeded = await usual(bench);
      // One core each would need as many cores: unpinned, they share what there is.
      const servers: Running[] = [];
      for (const name of ["first", "second", "third"]) {
        servers.push(await start(bench, startProduct(name, seeded.url, undefined)));
      }
      const requests = bearing("/up/v5/verify", busy(seeded));
      const cases = [1, 2, 3].map((count): Case => {
        const used = servers.slice(0, count);
        return {
          name: `instances: ${count}`,
          ports: used.map(({ port }) => port),
          pids: used.map(({ pid }) => pid),
          requests,
          connections: 32,
        };
      });
      return interleave(bench.load, cases, bench);
    },
  },
  {
    name: "portal",
    quick: true,
    async run(bench) {
      const seeded = await usual(bench);
      // The browser needs a core of its own, too.
      const product = await start(bench, startProduct("product", seeded.url, undefined));
      await measurePortal(bench, product);
      return [];
    },
  },
  {
    name: "history",
    quick: false,
    async run(bench) {
      await measureHistory(bench);
      return [];
    },
  },
];
