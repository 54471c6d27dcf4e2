import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, type Call, discardLimit } from "@/lib/http/call";

/**
 * A header as `message.headers` would give it, which takes the time to collect all of them.
 * @param name in lower case
 */
export function headerOf(message: IncomingMessage, name: string): string | undefined {
  const raw = message.rawHeaders;
  let found: string | undefined;
  for (let i = 0; i < raw.length; i += 2) {
    const key = raw[i] as string;
    if (key.length !== name.length || key.toLowerCase() !== name) continue;
    // Sent twice: Node knows which ones are joined and which one counts.
    if (found !== undefined) return joined(message.headers[name]);
    found = raw[i + 1];
  }
  return found;
}

const joined = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value.join(", ") : value;

/** A call straight from the socket: what `callOf` makes of a `Request`, without its cost. */
export class MessageCall implements Call {
  readonly method: string;
  readonly target: string;
  readonly #message: IncomingMessage;

  constructor(
    message: IncomingMessage,
    readonly address: string | null,
    readonly requestId: string,
  ) {
    this.#message = message;
    this.method = message.method as string;
    this.target = message.url as string;
  }

  header(name: string): string | null {
    return headerOf(this.#message, name) ?? null;
  }

  readBody(limit: number): Promise<Buffer | null> {
    return readMessage(this.#message, limit);
  }
}

async function readMessage(message: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not destroy the message: with it would go the socket, unanswered.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) {
      discard(message);
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads the rest away: left in the way, it would make the next call on the connection hang. */
function discard(message: IncomingMessage): void {
  let size = 0;
  message.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > discardLimit) message.destroy();
  });
}

/**
 * Ends the connection once nobody will read the rest of a request's body. Next destroys such a
 * message without its socket, on which nothing would move any more.
 */
export function endWithBody(message: IncomingMessage): void {
  const { socket } = message;
  const hasBody = headerOf(message, "content-length") ?? headerOf(message, "transfer-encoding");
  if (hasBody === undefined) return;
  message.once("close", () => {
    if (!message.complete) socket.destroy();
  });
}

/**
 * Sends an answer whose body is text or nothing. With its length known and its text plain, head
 * and body go to the socket as one string in one write.
 */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const body = answer.body as string | null;
  if (body === null) {
    response.writeHead(answer.status, answer.headers);
    response.end();
    return;
  }
  const length = Buffer.byteLength(body);
  answer.headers["Content-Length"] = String(length);
  response.writeHead(answer.status, answer.headers);
  response.end(body, length === body.length ? "latin1" : "utf8");
}
