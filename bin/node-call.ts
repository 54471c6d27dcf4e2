import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, type Call, discardLimit } from "@/lib/http/call";

/**
 * What the server itself reads of a request's headers, found in one pass: `message.headers` takes
 * the time to collect all of them.
 */
export class Heads {
  hosts = 0;
  authorizations = 0;
  hasBody = false;
  authorization: string | undefined;
  userAgent: string | undefined;
  /** Sent twice, the ones below are joined by a comma, as Node joins them. */
  requestId: string | undefined;
  forwardedFor: string | undefined;
  transferCoding: string | undefined;

  constructor({ rawHeaders }: IncomingMessage) {
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name = rawHeaders[i] as string;
      // Lengths first: this runs for each header of each request.
      if (isRead[name.length]) this.#read(name.toLowerCase(), rawHeaders[i + 1] as string);
    }
  }

  #read(name: string, value: string): void {
    if (name === "host") this.hosts++;
    else if (name === "authorization") {
      this.authorizations++;
      this.authorization ??= value;
    } else if (name === "user-agent") this.userAgent ??= value;
    else if (name === "x-request-id") this.requestId = joined(this.requestId, value);
    else if (name === "x-forwarded-for") this.forwardedFor = joined(this.forwardedFor, value);
    else if (name === "content-length") this.hasBody = true;
    else if (name === "transfer-encoding") {
      this.hasBody = true;
      this.transferCoding = joined(this.transferCoding, value);
    }
  }
}

const isRead: boolean[] = [];
for (const name of ["host", "user-agent", "x-request-id", "authorization", "content-length"])
  isRead[name.length] = true;
for (const name of ["x-forwarded-for", "transfer-encoding"]) isRead[name.length] = true;

const joined = (first: string | undefined, next: string) =>
  first === undefined ? next : `${first}, ${next}`;

/** A call straight from the socket: what `callOf` makes of a `Request`, without its cost. */
export class MessageCall implements Call {
  readonly method: string;
  readonly target: string;
  readonly #message: IncomingMessage;
  readonly #heads: Heads;

  constructor(
    message: IncomingMessage,
    heads: Heads,
    readonly address: string | null,
    readonly requestId: string,
  ) {
    this.#message = message;
    this.#heads = heads;
    this.method = message.method as string;
    this.target = message.url as string;
  }

  header(name: string): string | null {
    if (name === "authorization") return this.#heads.authorization ?? null;
    if (name === "user-agent") return this.#heads.userAgent ?? null;
    const value = this.#message.headers[name];
    return (Array.isArray(value) ? value.join(", ") : value) ?? null;
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
  message.once("close", () => {
    if (!message.complete) socket.destroy();
  });
}

/**
 * Sends an answer whose body is text or nothing. With its length known and its text plain, head
 * and body go to the socket as one string in one write.
 */
export function sendAnswer(response: ServerResponse, answer: Answer, requestId: string): void {
  const body = answer.body as string | null;
  const headers = { ...answer.headers, "X-Request-Id": requestId };
  if (body === null) {
    response.writeHead(answer.status, headers);
    response.end();
    return;
  }
  const length = Buffer.byteLength(body);
  response.writeHead(answer.status, { ...headers, "Content-Length": length });
  response.end(body, length === body.length ? "latin1" : "utf8");
}
