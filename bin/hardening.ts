import type { IncomingMessage } from "node:http";
import { AppError } from "@/lib/errors";
import type { Answer } from "@/lib/http/call";
import { brokerError } from "@/lib/http/errors";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * What must be refused before any handler sees it, since Node or Next would smooth it over: an
 * unknown method, a target that isn't a path, a repeated `Authorization`.
 */
export function refusalOf(request: IncomingMessage, requestId: string): Answer | null {
  const error = errorOf(request);
  if (!error) return null;
  const answer = brokerError(error, requestId);
  answer.headers["X-Request-Id"] = requestId;
  return answer;
}

function errorOf(request: IncomingMessage): AppError | null {
  if (!methods.has(request.method as string)) {
    const message = `${request.method} is not a method of this path.`;
    return new AppError("method_not_allowed", message, { allow: [...methods] });
  }
  if (!request.url?.startsWith("/")) {
    return new AppError("invalid_request", "The request target must be a path.");
  }
  if (request.headers.authorization !== undefined && repeats(request, "authorization")) {
    return new AppError("invalid_request", "Send one Authorization header, not several.");
  }
  return null;
}

function repeats(request: IncomingMessage, name: string): boolean {
  let seen = 0;
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    if (request.rawHeaders[i]?.toLowerCase() === name) seen++;
  }
  return seen > 1;
}
