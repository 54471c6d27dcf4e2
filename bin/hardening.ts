import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Heads } from "@/bin/node-call";
import { keepAliveSeconds, writeAnswer } from "@/bin/write-answer";
import { AppError } from "@/lib/errors";
import { type Answer, requestIdOf } from "@/lib/http/call";
import { brokerError } from "@/lib/http/errors";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** How long a caller may take over its headers and over the whole of a request. */
export const timeLimits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: keepAliveSeconds * 1_000,
  connectionsCheckingInterval: 1_000,
  // Ours is the answer to a request without Host, see errorOf.
  requireHostHeader: false,
} satisfies ServerOptions;

/**
 * What must be refused before any handler sees it, since Node or Next would smooth it over: an
 * unknown method, a target that isn't a path, a repeated `Host` or `Authorization`.
 */
export function refusalOf(
  request: IncomingMessage,
  heads: Heads,
  requestId: string,
): Answer | null {
  const error = errorOf(request, heads);
  return error && brokerError(error, requestId);
}

function errorOf(request: IncomingMessage, heads: Heads): AppError | null {
  const { url = "" } = request;
  if (!methods.has(request.method as string)) return notAMethod(request.method);
  if (!url.startsWith("/")) return invalid("The request target must be a path.");
  if (url.includes("%") && !decodes(url)) return invalid("The path is not percent-encoded UTF-8.");
  return repeated(heads, request.httpVersionMinor);
}

const invalid = (message: string) => new AppError("invalid_request", message);

const notAMethod = (method: string | undefined) =>
  new AppError("method_not_allowed", `${method} is not a method of this path.`, {
    allow: [...methods],
  });

/** Next answers 500 to a path that doesn't decode. */
function decodes(target: string): boolean {
  const query = target.indexOf("?");
  try {
    decodeURIComponent(query < 0 ? target : target.slice(0, query));
    return true;
  } catch {
    return false;
  }
}

/** Node keeps the first of these and drops the others, where a proxy may have read the last. */
function repeated(heads: Heads, httpVersionMinor: number): AppError | null {
  const { hosts, authorizations, transferCoding } = heads;
  // Node emits the request first and finds the coding unknown only when it reads the body.
  if (transferCoding !== undefined && transferCoding.toLowerCase() !== "chunked") {
    return invalid("The only transfer coding is chunked.");
  }
  if (hosts === 0 && httpVersionMinor !== 0) return invalid("Send a Host header.");
  if (hosts > 1) return invalid("Send one Host header, not several.");
  return authorizations > 1 ? invalid("Send one Authorization header, not several.") : null;
}

const ofNext = /^(rsc|next-|x-nextjs-|x-middleware-|x-now-)/;
const isApi = /^\/(up|oauth2|\.well-known|api|healthz|readyz|metrics|openapi\.json)(\/|\?|$)/;

/** Drops Next's own headers from calls of the API: they are between Next and its pages. */
export function dropNextHeaders(request: IncomingMessage): void {
  if (!isApi.test(request.url as string)) return;
  for (const name in request.headers) if (ofNext.test(name)) delete request.headers[name];
}

const brokenRequests: Record<string, { status: number; code: string; message: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: "headers_too_large",
    message: "The headers are larger than 16 KiB.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: "request_timeout",
    message: "The request took too long to arrive.",
  },
};
const ofBroken = { "Content-Type": "application/json", "Cache-Control": "no-store" };
const malformed = { status: 400, code: "invalid_request", message: "This is not a valid request." };

/** Answers what never becomes a request, in the words of all other answers, and closes. */
export function answerBrokenRequests(
  server: Server,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): void {
  // As many as fit into 16 KiB: Node would silently drop those after the first 2,000.
  server.maxHeadersCount = 0;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const answered = (socket as { _httpMessage?: ServerResponse })._httpMessage?.headersSent;
    if (error.code === "ECONNRESET" || !socket.writable || answered) return socket.destroy();
    const { status, code, message } = brokenRequests[error.code ?? ""] ?? malformed;
    const requestId = requestIdOf(null);
    const body = JSON.stringify({ Code: code, Message: message, RequestId: requestId });
    endWith(socket, { status, headers: ofBroken, body }, requestId);
  });
  server.on("connect", (request, socket) => {
    const requestId = requestIdOf(null);
    endWith(socket, brokerError(notAMethod(request.method), requestId), requestId);
  });
  server.on("checkExpectation", onRequest);
}

function endWith(socket: Duplex, answer: Answer, requestId: string): void {
  writeAnswer(socket, answer, requestId, true);
  socket.end();
  socket.on("finish", () => socket.destroy());
}
