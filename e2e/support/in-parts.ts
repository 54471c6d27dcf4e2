import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Another way to a server for who only reads, by which its pages arrive as over a slow line. */
export type InParts = { url: string; end(): void };
type Options = {
  edit?: (html: string) => string;
  cuts?: (html: string) => number[];
  pauseMs?: number;
};

const PART = 6_000;
const ofThisLine = new Set([
  ...["host", "connection", "keep-alive", "transfer-encoding"],
  ...["content-encoding", "content-length"],
]);

/**
 * @param url of the server, on loopback
 * @param options.edit changes what a page says
 * @param options.cuts where to stop for a while in a page; every few thousand characters unless told
 * @param options.pauseMs how long: some frames of a browser, so that what is there can be painted
 */
export async function startInParts(
  url: string,
  { edit = (html) => html, cuts = everyPart, pauseMs = 50 }: Options = {},
): Promise<InParts> {
  const ended = new AbortController();
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = Object.entries(request.headers).filter(([name]) => !ofThisLine.has(name));
    const answer = await fetch(`${url}${request.url}`, {
      method: request.method ?? "",
      headers: new Headers(asked.map(([name, value]) => [name, String(value)])),
      redirect: "manual",
      signal: ended.signal,
    });
    const told = [...answer.headers].filter(([name]) => !ofThisLine.has(name));
    response.writeHead(answer.status, told.flat());
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) {
      response.end(Buffer.from(await answer.arrayBuffer()));
      return;
    }
    const html = edit(await answer.text());
    let from = 0;
    for (const at of cuts(html)) {
      response.write(html.slice(from, at));
      from = at;
      await sleep(pauseMs);
    }
    response.end(html.slice(from));
  };
  const proxy = createServer((request, response) => {
    pass(request, response).catch((error) => response.destroy(error));
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    end: () => {
      ended.abort();
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

const everyPart = (html: string): number[] =>
  Array.from({ length: Math.floor(html.length / PART) }, (_, part) => (part + 1) * PART);
