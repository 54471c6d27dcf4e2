import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What came back of bytes on a socket, before it was closed. */
export type RawAnswer = { status: number; text: string };

/**
 * Sends bytes as they are on a socket of its own and reads until the other side closes.
 *
 * @param url of the server
 * @param parts what to send, with `pause` milliseconds between parts; the socket then stays open
 */
export async function sendRaw(url: string, parts: string[], pause = 0): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = "";
  let closed = false;
  socket.setEncoding("latin1").on("data", (chunk) => {
    text += chunk;
  });
  const ended = new Promise<void>((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => {
      closed = true;
      resolve();
    });
  });
  for (const part of parts) {
    if (closed) break;
    socket.write(part, "latin1");
    if (pause > 0) await sleep(pause);
  }
  await ended;
  return { status: Number(text.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0), text };
}

/** How often a text says that an answer begins. */
export const answersIn = (text: string): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status as string);

/** A call from a loopback address of the caller's choice (Linux has all of 127.0.0.0/8). */
export function callFrom(
  localAddress: string,
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    request(url, { localAddress, headers, agent: false }, (response) => {
      response.resume();
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers["retry-after"],
        }),
      );
    })
      .on("error", reject)
      .end();
  });
}
