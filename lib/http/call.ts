import { randomUUID } from "node:crypto";
import { connection } from "@/lib/http/connection";

/**
 * A request as our handlers see it. Made from a `Request` in a Next route, and by the server's
 * express lane straight from the socket, so that both run the very same functions.
 */
export type Call = {
  method: string;
  /** Path and query as sent. */
  target: string;
  /** First value of a header, or null. Names in lower case. */
  header(name: string): string | null;
  /** The body, or null when it is larger than `limit` bytes, counted as it is read. */
  readBody(limit: number): Promise<Buffer | null>;
  /** The client's address as far as it can be known; null where nothing vouches for it. */
  address: string | null;
  requestId: string;
};

/** What a handler answers, before it becomes a `Response` or goes to the socket. May be shared. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ReadableStream<Uint8Array> | null;
  /** Whether the very same answer is given again and again. */
  readonly isShared?: true;
  /** What of a shared answer goes to the socket each time, kept by the one who writes it. */
  wire?: Wire;
};

/** Its text up to the request's id, and from what is the connection's to its end. */
export type Wire = {
  readonly start: string;
  readonly text: string;
  readonly encoding: "latin1" | "utf8";
};

/** Bytes of a refused body that are read away after the answer; past them the connection ends. */
export const discardLimit = 1024 * 1024;

const requestIdForm = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's request id where it is of the allowed form, else a fresh one. */
export function requestIdOf(wanted: string | null | undefined): string {
  return wanted && requestIdForm.test(wanted) ? wanted : freshId();
}

const idLength = 36;
const madeAtOnce = 128;
/** Fresh ids, one after the other, and where the next one begins. */
let ids = "";
let nextId = 0;

/** A UUID. Cut from a text of many: one by itself is put together anew whenever it is written. */
function freshId(): string {
  if (nextId === ids.length) {
    ids = Array.from({ length: madeAtOnce }, () => randomUUID()).join("");
    nextId = 0;
  }
  const start = nextId;
  nextId += idLength;
  return ids.slice(start, nextId);
}

/** Reads a `Request` into a call. */
export function callOf(request: Request): Call {
  const from = connection();
  const url = request.url;
  const pathStart = url.indexOf("/", url.indexOf("//") + 2);
  return {
    method: request.method,
    target: pathStart < 0 ? "/" : url.slice(pathStart),
    header: (name) => request.headers.get(name),
    readBody: (limit) => readStream(request.body, limit),
    address: from?.address ?? null,
    requestId: from?.requestId ?? requestIdOf(request.headers.get("x-request-id")),
  };
}

/** Turns an answer into a `Response`. */
export function responseOf(answer: Answer, requestId: string): Response {
  const headers = { ...answer.headers, "X-Request-Id": requestId };
  return new Response(answer.body, { status: answer.status, headers });
}

/** The query part of a call. */
export function queryOf(call: Call): URLSearchParams {
  const at = call.target.indexOf("?");
  return new URLSearchParams(at < 0 ? "" : call.target.slice(at + 1));
}

async function readStream(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Buffer | null> {
  if (!body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > limit) {
      discard(reader).catch(() => {});
      return null;
    }
    chunks.push(value);
  }
}

/** Reads the rest away: left in the way, it would make the next call on the connection hang. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (let size = 0; size <= discardLimit; ) {
    const { done, value } = await reader.read();
    if (done) return;
    size += value.length;
  }
  await reader.cancel();
}
