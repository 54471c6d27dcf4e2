import { STATUS_CODES } from "node:http";
import type { Writable } from "node:stream";
import type { Answer } from "@/lib/http/call";

/** Seconds for which a caller may leave a connection unused. */
export const keepAliveSeconds = 65;
const goesOn = `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n`;
const ends = "Connection: close\r\n";

/**
 * Writes an answer with a text or nothing for a body to a socket, as Node would.
 * @param last whether it says that the connection ends with it: ending it is the caller's
 */
export function writeAnswer(
  socket: Writable,
  answer: Answer,
  requestId: string,
  last: boolean,
): void {
  const body = (answer.body as string | null) ?? "";
  const length = Buffer.byteLength(body);
  const text =
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${headText(answer.headers)}` +
    `X-Request-Id: ${requestId}\r\nContent-Length: ${length}\r\n` +
    `Date: ${httpDate()}\r\n${last ? ends : goesOn}\r\n${body}`;
  // The head is ASCII. In Latin-1 it goes out as it lies in memory.
  socket.write(text, length === body.length ? "latin1" : "utf8");
}

/** By the object that holds them: answers that are shared share their headers. */
const texts = new WeakMap<Answer["headers"], string>();

function headText(headers: Answer["headers"]): string {
  let text = texts.get(headers);
  if (text === undefined) {
    text = "";
    for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
    texts.set(headers, text);
  }
  return text;
}

let date: string | undefined;

/** The time as RFC 9110 section 5.6.7 has it, made once a second. */
function httpDate(): string {
  if (date === undefined) {
    const now = new Date();
    date = now.toUTCString();
    setTimeout(() => {
      date = undefined;
    }, 1_000 - now.getMilliseconds()).unref();
  }
  return date;
}
