import { randomBytes } from "node:crypto";
import { ensureBrowser } from "@/e2e/support/browser";
import type { BenchDatabase } from "./database";
import { measureHistory } from "./history";
import { mintJwts } from "./jwts";
import type { Case, Load } from "./load-client";
import type { Pinning } from "./machine";
import { buildNaive, startNaive } from "./naive";
import { measurePortal } from "./portal";
import type { Promised } from "./report";
import { interleave, type Series, together } from "./rounds";
import type { Seeded } from "./seed";
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
  /** What to stop after the group, and at the end of the run; last first. */
  closing: (() => Promise<void> | void)[];
  lasting: (() => Promise<void> | void)[];
};

/** Cases that are measured in turn, with the servers that they need. */
export type Group = {
  name: string;
  quick: boolean;
  /** What is made before anything is measured. */
  prepare?(bench: Bench): Promise<unknown>;
  run(bench: Bench): Promise<Series[]>;
};

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

function of(server: Running, name: string, requests: string[], connections = 32): Case {
  return { name, ports: [server.port], pids: [server.pid], requests, connections };
}

/** The tokens that call in most cases: two Systems of each Tenant. */
const busy = ({ tokens }: Seeded) => tokens.slice(0, 2_000);

const usualCount = 100_000;
/** The usual database: 100,000 tokens in 1,000 Tenants. */
const usual = ({ database }: Bench) => database.withTokens(usualCount);

async function start(bench: Bench, starting: Promise<Running>): Promise<Running> {
  const server = await starting;
  bench.closing.push(server.stop);
  return server;
}

const sizesOf = ({ quick }: Bench) =>
  (
    [
      ["tokens-1k", 1_000],
      ["tokens-100k", usualCount],
      ["tokens-1m", 1_000_000],
    ] as const
  ).filter(([, count]) => !quick || count !== usualCount);

let usualServers: Promise<{ bare: Running; product: Running }> | undefined;

/** What most groups measure, on the usual database: started once, so that it is warm in all but one. */
async function usualOnes(bench: Bench) {
  const seeded = await usual(bench);
  usualServers ??= (async () => {
    const bare = await startServer({
      name: "bare",
      args: ["--import", "tsx", "bench/bare.ts"],
      ready: /listening/,
      pinning: bench.pinning,
    });
    bench.lasting.push(bare.stop);
    const product = await startProduct("product", seeded.url, bench.pinning);
    bench.lasting.push(product.stop);
    return { bare, product };
  })();
  return { seeded, ...(await usualServers) };
}

export const groups: Group[] = [
  {
    name: "verify",
    quick: true,
    prepare: usual,
    async run(bench) {
      const { seeded, bare, product } = await usualOnes(bench);
      const requests = bearing("/up/v5/verify", busy(seeded));
      const series = await interleave(
        bench.load,
        [
          { ...of(bare, "bare", requests), whole: true, uncounted: true },
          { ...of(product, "verify", requests), whole: true },
          of(product, "revoked", bearing("/up/v5/verify", seeded.revoked)),
          { ...of(product, "garbage", bearing("/up/v5/verify", garbage)), uncounted: true },
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
      // Each call is the only one of its token in its second: counting can add up nothing. Apart from
      // the others, in whose rounds these many counts would be merged.
      const spread = of(product, "verify, 20,000 tokens", bearing("/up/v5/verify", seeded.tokens));
      return [...series, ...(await interleave(bench.load, [...others, spread], bench))];
    },
  },
  {
    name: "jwt",
    quick: true,
    prepare: usual,
    async run(bench) {
      const { seeded, bare, product } = await usualOnes(bench);
      // Enough that none is seen twice at 8,000 a second, warming up included.
      const sentSeconds = (bench.rounds + 1) * bench.seconds * 1.4;
      const minted = await mintJwts(product, seeded, 1_000 + Math.ceil(8_000 * sentSeconds));
      const [seen, fresh] = [minted.slice(0, 1_000), minted.slice(1_000)];
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
    prepare: (bench) => Promise.all([usual(bench), buildNaive()]),
    async run(bench) {
      const { seeded, product } = await usualOnes(bench);
      const naive = await start(bench, startNaive(seeded.url, bench.pinning));
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
    prepare: usual,
    async run(bench) {
      const seeded = await usual(bench);
      // Each server has half of its core, so half of the tokens call: each as often as elsewhere.
      const requests = bearing("/up/v5/verify", busy(seeded).slice(0, 1_000));
      const usageOff = { BROKER_USAGE: "off" };
      const [on, off] = await Promise.all([
        start(bench, startProduct("on", seeded.url, bench.pinning)),
        start(bench, startProduct("off", seeded.url, bench.pinning, usageOff)),
      ]);
      // What is looked for is smaller than what one second differs from the next by.
      const cases = [of(on, "counting-on", requests), of(off, "counting-off", requests)];
      // In the first rounds what counts is still being compiled.
      return together(bench.load, cases, { ...bench, rounds: Math.max(bench.rounds, 5) });
    },
  },
  {
    name: "sizes",
    quick: true,
    prepare: (bench) =>
      Promise.all(sizesOf(bench).map(([, count]) => bench.database.withTokens(count))),
    async run(bench) {
      const starting = sizesOf(bench).map(async ([name, count]) => {
        const { url, tokens } = await bench.database.withTokens(count);
        // As many that call, whatever the size: only what they are looked up in differs.
        const requests = bearing("/up/v5/verify", tokens.slice(0, 1_000));
        return of(await start(bench, startProduct(name, url, bench.pinning)), name, requests);
      });
      return interleave(bench.load, await Promise.all(starting), bench);
    },
  },
  {
    name: "lists",
    quick: false,
    prepare: usual,
    async run(bench) {
      const { seeded, product } = await usualOnes(bench);
      const cases = [...seeded.readers].map(([size, token]) =>
        of(product, `list of ${size}`, bearing("/up/v5/entityToken", [token])),
      );
      return interleave(bench.load, cases, bench);
    },
  },
  {
    name: "instances",
    quick: false,
    prepare: usual,
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
    prepare: (bench) => Promise.all([usual(bench), ensureBrowser()]),
    async run(bench) {
      const { product } = await usualOnes(bench);
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
