import { STATUS_CODES } from "node:http";
import type { Writable } from "node:stream";
import type { Answer, Wire } from "@/lib/http/call";

/** Seconds for which a caller may leave a connection unused. */
export const keepAliveSeconds = 65;
const goesOn = `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n`;
const ends = "Connection: close\r\n";

/** What says which answer it is, as it stands before the request's id. */
const startOf = ({ status }: Answer) =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nX-Request-Id: `;

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
  const { start, text, encoding } = answer.wire ?? wireOf(answer);
  const middle = middles ?? makeMiddles();
  socket.write(start + requestId + (last ? middle.ends : middle.goesOn) + text, encoding);
}

function wireOf(answer: Answer): Wire {
  const body = (answer.body as string | null) ?? "";
  const length = Buffer.byteLength(body);
  const text = `${headText(answer.headers)}Content-Length: ${length}\r\n\r\n${body}`;
  // The head is ASCII. In Latin-1 it goes out as it lies in memory.
  const encoding = length === body.length ? "latin1" : "utf8";
  const start = startOf(answer);
  if (!answer.isShared) return { start, text, encoding };
  // In one piece: fetching many from all over the memory costs more than all else that is done here.
  answer.wire = { start, text: Buffer.from(text, encoding).toString(encoding), encoding };
  return answer.wire;
}

/** What was written last: refusals of a flood share their headers, if not their request ids. */
let last: { headers: Answer["headers"]; text: string } | undefined;

function headText(headers: Answer["headers"]): string {
  if (last?.headers === headers) return last.text;
  let text = "";
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  last = { headers, text };
  return text;
}

let middles: { goesOn: string; ends: string } | undefined;

/** What follows the request's id, with the time as RFC 9110 section 5.6.7 has it: for this second. */
function makeMiddles() {
  const now = new Date();
  const date = `\r\nDate: ${now.toUTCString()}\r\n`;
  middles = { goesOn: date + goesOn, ends: date + ends };
  setTimeout(() => {
    middles = undefined;
  }, 1_000 - now.getMilliseconds()).unref();
  return middles;
}
