import { ensureBrowser } from "@/e2e/support/browser";
import type { BenchDatabase } from "./database";
import { measureHistory } from "./history";
import { mintJwts } from "./jwts";
import { type Case, type Load, mostOnce } from "./load-client";
import type { Pinning } from "./machine";
import { buildNaive, startNaive } from "./naive";
import { measurePortal, signInAdmin } from "./portal";
import type { Promised } from "./report";
import { bearing, form, garbage, get, tokenRequest } from "./requests";
import { interleave, type Series, together } from "./rounds";
import type { Seeded } from "./seed";
import { type Running, startProduct, startServer } from "./servers";

export type Bench = {
  database: BenchDatabase;
  load: Load;
  pinning: Pinning;
  /** The product's build: to wait for before it is started. */
  built: Promise<unknown>;
  quick: boolean;
  rounds: number;
  seconds: number;
  say: (line: string) => void;
  /** Further tables of the report, and what they show of promises. */
  tables: string[];
  found: Promised[];
  /** What to stop at the end, last first. */
  closing: (() => Promise<void> | void)[];
};

/** Cases that are measured in turn. */
export type Group = {
  name: string;
  quick: boolean;
  /**
   * Makes and starts what the cases need, beside what other groups need: nothing is measured yet.
   * @returns what measures them
   */
  prepare(bench: Bench): Promise<() => Promise<Series[]>>;
};

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

async function startOn(
  bench: Bench,
  { url }: Seeded,
  name: string,
  { env = {}, isPinned = true }: { env?: Record<string, string>; isPinned?: boolean } = {},
): Promise<Running> {
  await bench.built;
  return start(bench, startProduct(name, url, isPinned ? bench.pinning : undefined, env));
}

type UsualServers = { seeded: Seeded; bare: Running; product: Running };
let usualServers: Promise<UsualServers> | undefined;

/** What most groups measure, on the usual database: started once, so that it is warm in all but one. */
function usualOnes(bench: Bench): Promise<UsualServers> {
  usualServers ??= (async () => {
    const bare = startServer({
      name: "bare",
      args: ["--import", "tsx", "bench/bare.ts"],
      ready: /listening/,
      pinning: bench.pinning,
    });
    const seeded = await usual(bench);
    const product = startOn(bench, seeded, "product");
    return { seeded, bare: await start(bench, bare), product: await product };
  })();
  return usualServers;
}

const sizes = [
  { name: "tokens-1k", count: 1_000, quick: true },
  { name: "tokens-100k", count: usualCount, quick: false },
  { name: "tokens-1m", count: 1_000_000, quick: true },
];

export const groups: Group[] = [
  {
    name: "verify",
    quick: true,
    async prepare(bench) {
      const { seeded, bare, product } = await usualOnes(bench);
      const requests = bearing("/up/v5/verify", busy(seeded));
      const cases: Case[] = [
        { ...of(bare, "bare", requests), whole: true, uncounted: true },
        { ...of(product, "verify", requests), whole: true },
        of(product, "revoked", bearing("/up/v5/verify", seeded.revoked)),
        { ...of(product, "garbage", bearing("/up/v5/verify", garbage)), uncounted: true },
      ];
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
      return async () => [
        ...(await interleave(bench.load, cases, bench)),
        ...(await interleave(bench.load, [...others, spread], bench)),
      ];
    },
  },
  {
    name: "jwt",
    quick: true,
    async prepare(bench) {
      const { seeded, bare, product } = await usualOnes(bench);
      // A second for warming up, which all four cases share.
      const sentSeconds = bench.rounds * bench.seconds * 1.4 + 1;
      const minted = await mintJwts(product, seeded, 1_000 + Math.ceil(mostOnce * sentSeconds));
      const [seen, fresh] = [minted.slice(0, 1_000), minted.slice(1_000)];
      const { client } = seeded;
      const shown = seeded.tokens.map((token) =>
        form("/oauth2/introspect", { token, client_id: client.id, client_secret: client.secret }),
      );
      const cases: Case[] = [
        of(bare, "bare beside JWTs", bearing("/up/v5/verify", seen)),
        of(product, "verify-jwt", bearing("/up/v5/verify", seen)),
        { ...of(product, "verify-jwt-new", bearing("/up/v5/verify", fresh)), once: true },
        of(product, "introspection", shown),
      ];
      return () => interleave(bench.load, cases, bench);
    },
  },
  {
    name: "naive",
    quick: true,
    async prepare(bench) {
      const [{ seeded, product }] = await Promise.all([usualOnes(bench), buildNaive()]);
      const naive = await start(bench, startNaive(seeded.url, bench.pinning));
      const cases = [
        of(naive, "next constant", [get("/constant")]),
        of(naive, "naive verify", bearing("/verify", busy(seeded))),
        of(product, "verify beside naive", bearing("/up/v5/verify", busy(seeded))),
        of(naive, "naive issue-jwt", [tokenRequest("/token", seeded.client)]),
        of(product, "issue-jwt", [tokenRequest("/oauth2/token", seeded.client)]),
      ];
      return () => interleave(bench.load, cases, bench);
    },
  },
  {
    name: "counting",
    quick: true,
    async prepare(bench) {
      const seeded = await usual(bench);
      // Each server has half of its core, so half of the tokens call: each as often as elsewhere.
      const requests = bearing("/up/v5/verify", busy(seeded).slice(0, 1_000));
      const [on, off] = await Promise.all([
        startOn(bench, seeded, "on"),
        startOn(bench, seeded, "off", { env: { BROKER_USAGE: "off" } }),
      ]);
      const cases: Case[] = [
        { ...of(on, "counting-on", requests), whole: true },
        { ...of(off, "counting-off", requests), whole: true, uncounted: true },
      ];
      // In the first rounds what counts is still being compiled.
      const rounds = Math.max(bench.rounds, 5);
      // What is looked for is smaller than what one second differs from the next by: at once, where
      // they share a core.
      const measure = bench.pinning ? together : interleave;
      return () => measure(bench.load, cases, { ...bench, rounds });
    },
  },
  {
    name: "sizes",
    quick: true,
    async prepare(bench) {
      const wanted = sizes.filter(({ quick }) => quick || !bench.quick);
      const cases = await Promise.all(
        wanted.map(async ({ name, count }) => {
          const seeded = await bench.database.withTokens(count);
          // As many that call, whatever the size: only what they are looked up in differs.
          const requests = bearing("/up/v5/verify", seeded.tokens.slice(0, 1_000));
          return of(await startOn(bench, seeded, name), name, requests);
        }),
      );
      // No other group called these servers before.
      const rounds = { ...bench, rounds: Math.max(bench.rounds, 5), warmUp: 4 };
      return () => interleave(bench.load, cases, rounds);
    },
  },
  {
    name: "lists",
    quick: false,
    async prepare(bench) {
      const { seeded, product } = await usualOnes(bench);
      const cases = [...seeded.readers].map(([size, token]) =>
        of(product, `list of ${size}`, bearing("/up/v5/entityToken", [token])),
      );
      return () => interleave(bench.load, cases, bench);
    },
  },
  {
    name: "instances",
    quick: false,
    async prepare(bench) {
      const seeded = await usual(bench);
      // One core each would need as many cores: unpinned, they share what there is.
      const servers = await Promise.all(
        ["first", "second", "third"].map((name) =>
          startOn(bench, seeded, name, { isPinned: false }),
        ),
      );
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
      return () => interleave(bench.load, cases, bench);
    },
  },
  {
    name: "portal",
    quick: true,
    async prepare(bench) {
      const [{ product }, browserPath] = await Promise.all([usualOnes(bench), ensureBrowser()]);
      const admin = await signInAdmin(product);
      return async () => {
        await measurePortal(bench, product, admin, browserPath);
        return [];
      };
    },
  },
  {
    name: "history",
    quick: false,
    // Its databases are made when all else has been measured: what the server does with millions of
    // new rows would be in the way.
    async prepare(bench) {
      return async () => {
        await measureHistory(bench);
        return [];
      };
    },
  },
];
