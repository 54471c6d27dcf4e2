import { type Browser, chromium } from "playwright";
import { BROWSER_FLAGS } from "@/e2e/support/browser";
import type { Bench } from "./cases";
import { markdownTable } from "./report";
import { median } from "./rounds";
import { readerTenant } from "./seed";
import type { Running } from "./servers";
import { firstByte, signIn, type Visitor } from "./visitor";

const most = { scriptKB: 170, paintMs: 1_500 };
const measured = "/tokens";
const pages = ["", measured, "/clients", "/audit", "/members", "/settings"];

type Look = {
  /** All that is sent until the network is idle; kB as on the wire, compressed. */
  scriptKB: number;
  paintMs: number;
};

const tenantId = readerTenant(300);

/** Somebody who may see the measured pages. */
export const signInAdmin = (server: Running): Promise<Visitor> =>
  signIn(server, ["--tenant", tenantId, "--role", "admin"]);

/**
 * Portal pages of a Tenant with 300 tokens: time to the first byte, JavaScript sent and largest
 * contentful paint, each time in a profile of the browser that has never seen them.
 */
export async function measurePortal(
  bench: Bench,
  server: Running,
  admin: Visitor,
  executablePath: string,
): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  bench.closing.push(() => browser.close());
  const rounds = bench.quick ? 2 : 7;
  const cells: string[][] = [];
  for (const page of bench.quick ? [measured] : pages) {
    const url = `${server.url}/t/${tenantId}${page}`;
    const bytes: number[] = [];
    const looks: Look[] = [];
    for (let round = 0; round < rounds; round++) {
      bytes.push(await firstByte(url, admin));
      looks.push(await look(url, admin, server, browser));
    }
    const of = (key: keyof Look) => median(looks.map((each) => each[key]));
    cells.push([
      `/t/…${page}`,
      median(bytes).toFixed(0),
      of("scriptKB").toFixed(0),
      of("paintMs").toFixed(0),
    ]);
    bench.say(`  ${cells.at(-1)?.join(", ")}`);
    if (page !== measured) continue;
    for (const [name, key, unit] of [
      ["first-load JavaScript of the tokens page, kB", "scriptKB", most.scriptKB],
      ["largest contentful paint of the tokens page, ms", "paintMs", most.paintMs],
    ] as const) {
      const seen = of(key);
      bench.found.push({ name, wanted: `at most ${unit}`, seen, kept: seen <= unit });
    }
  }
  const head = ["page", "first byte ms", "JavaScript kB", "largest paint ms"];
  bench.tables.push(markdownTable(head, cells));
}

async function look(
  url: string,
  visitor: Visitor,
  server: Running,
  browser: Browser,
): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    await context.addCookies(visitor.cookies.map((cookie) => ({ ...cookie, url: server.url })));
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    wire.on("Network.responseReceived", ({ requestId, type }) => {
      if (type === "Script") scripts.add(requestId);
    });
    wire.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(url, { waitUntil: "networkidle" });
    const paintMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN);
          }).observe({ type: "largest-contentful-paint", buffered: true });
        }),
    );
    return { scriptKB: bytes / 1_000, paintMs };
  } finally {
    await context.close();
  }
}
