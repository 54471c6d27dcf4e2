import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, expect } from "@playwright/test";
import { type Case, type Load, type Sample, startLoad } from "@/bench/load-client";
import { promised } from "@/bench/promises";
import { toMarkdown, toRow } from "@/bench/report";
import type { Series } from "@/bench/rounds";

const test = base.extend<{ load: Load; serve: (listener: RequestListener) => Promise<Case> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  load: async ({}, use) => {
    const load = startLoad(undefined, undefined);
    await use(load);
    load.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  serve: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = [];
    await use(async (listener) => {
      const server = createServer(listener).listen(0, "127.0.0.1");
      servers.push(server);
      await new Promise((resolve) => server.once("listening", resolve));
      const { port } = server.address() as AddressInfo;
      return { name: "case", ports: [port], pids: [], requests: [get("/")], connections: 4 };
    });
    for (const server of servers) server.close().closeAllConnections();
  },
});

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
const only = async (load: Load, wanted: Case, seconds = 0.3) =>
  (await load.run([wanted], seconds))[0] as Sample;

test.describe("the load generator", () => {
  test("counts answers by status, whatever their length is said by", async ({ load, serve }) => {
    const wanted = await serve((request, response) => {
      const status = request.url === "/away" ? 404 : 200;
      response.writeHead(status);
      if (request.url === "/parts") response.write("in ");
      setTimeout(() => response.end("parts"), 1);
    });
    const requests = ["/whole", "/parts", "/away"].map(get);
    const { statuses, rps, p50, p99 } = await only(load, { ...wanted, requests });
    const [good = 0, away = 0] = [statuses["200"], statuses["404"]];
    expect(Object.keys(statuses)).toEqual(["200", "404"]);
    expect(good).toBeGreaterThan(away);
    expect(Math.abs(good - 2 * away)).toBeLessThanOrEqual(2 * wanted.connections);
    expect(rps).toBeGreaterThan(0);
    expect(p50).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(p50);
  });

  test("keeps so many connections busy with one call each", async ({ load, serve }) => {
    let open = 0;
    let most = 0;
    const wanted = await serve((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end("good");
      }, 2);
    });
    await only(load, wanted);
    expect(most).toBe(wanted.connections);
    expect(open, "what was under way has been waited for").toBe(0);
  });

  test("sends what is to be sent once in no round again", async ({ load, serve }) => {
    const seen: string[] = [];
    const wanted = await serve((request, response) => {
      seen.push(request.url as string);
      response.end("good");
    });
    const paths = Array.from({ length: 40 }, (_, index) => `/${index}`);
    const once: Case = { ...wanted, connections: 1, requests: paths.map(get), once: true };
    for (let round = 0; round < 10 && seen.length < paths.length; round++) {
      await only(load, once, 0.05);
    }
    await only(load, once, 0.05);
    expect(seen).toEqual(paths);
  });

  test("goes on in the next round with what was not sent", async ({ load, serve }) => {
    const seen: string[] = [];
    const wanted = await serve((request, response) => {
      seen.push(request.url as string);
      setTimeout(() => response.end("good"), 5);
    });
    const paths = Array.from({ length: 5_000 }, (_, index) => `/${index}`);
    const once: Case = { ...wanted, connections: 1, requests: paths.map(get), once: true };
    await only(load, once);
    const first = seen.length;
    await only(load, once);
    expect(seen.length).toBeGreaterThan(first);
    expect(seen).toEqual(paths.slice(0, seen.length));
  });

  test("tells cases apart that it measures at the same time", async ({ load, serve }) => {
    const good = await serve((_, response) => response.end("good"));
    const refused = await serve((_, response) => response.writeHead(401).end("bad"));
    const [first, second] = await load.run([good, refused], 0.3);
    expect(Object.keys(first?.statuses ?? {})).toEqual(["200"]);
    expect(Object.keys(second?.statuses ?? {})).toEqual(["401"]);
  });

  test("counts connections that break", async ({ load, serve }) => {
    const wanted = await serve((request) => request.socket.destroy());
    const { statuses } = await only(load, wanted);
    expect(statuses.broken).toBeGreaterThan(0);
  });
});

const sample = (of: Partial<Sample>): Sample => ({
  rps: 1,
  p50: 1,
  p99: 1,
  serverCpu: 1,
  databaseCpu: 1,
  statuses: { "200": 1 },
  ...of,
});
const series = (name: string, rounds: Partial<Sample>[]): Series => ({
  name,
  connections: 32,
  samples: rounds.map(sample),
});

test.describe("what was promised", () => {
  test("is held against the median of each round's own ratio", () => {
    const { ratios, promises } = promised([
      series("bare", [{ rps: 100 }, { rps: 10 }, { rps: 100 }]),
      series("verify", [{ rps: 70 }, { rps: 6.5 }, { rps: 10 }]),
    ]);
    // The ratio of the medians would be 0.1.
    expect(ratios).toEqual({ "verify/bare": 0.65 });
    expect(promises).toContainEqual(
      expect.objectContaining({ name: "verify/bare", seen: 0.65, kept: true }),
    );
  });

  test("is not kept below its least, nor above its most", () => {
    const { promises } = promised([
      series("bare", [{ rps: 100, p99: 1 }]),
      series("verify", [{ rps: 59, p99: 3.1 }]),
      series("garbage", [{ rps: 80 }]),
      series("bare, 1 connection", [{ p50: 0.1 }]),
      series("verify, 1 connection", [{ p50: 1.2 }]),
    ]);
    const kept = Object.fromEntries(promises.map(({ name, kept }) => [name, kept]));
    expect(kept).toEqual({
      "verify/bare": false,
      "garbage/bare": true,
      "p99 verify/bare": false,
      "p50 of verify over bare, 1 connection, ms": false,
    });
    const printed = toMarkdown([], promises, [], true);
    expect(printed.match(/MISSED/g)).toHaveLength(3);
    expect(printed.match(/kept/g)).toHaveLength(1);
  });
});

test("a row holds medians over the rounds, and all answers", () => {
  const row = toRow(
    series("verify", [
      { rps: 10, statuses: { "200": 10 } },
      { rps: 30, statuses: { "200": 29, broken: 1 } },
      { rps: 20, statuses: { "200": 20 } },
    ]),
  );
  expect(row).toMatchObject({ case: "verify", rps: 20, statuses: { "200": 59, broken: 1 } });
});
