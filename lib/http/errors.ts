import { findDatabaseUnavailable } from "@/db/unavailable";
import { AppError, isAppError, statusByCode } from "@/lib/errors";
import type { Answer } from "@/lib/http/call";
import { log } from "@/lib/log";

/** Makes an `AppError` of whatever was thrown; what we don't know reveals nothing. */
export function toAppError(error: unknown, requestId: string): AppError {
  if (isAppError(error)) return error;
  const unavailable = findDatabaseUnavailable(error);
  if (unavailable) {
    log().warn({ requestId, err: unavailable }, "database unavailable");
    return new AppError(
      "database_unavailable",
      unavailable.outcomeUnknown
        ? "The database went away before it confirmed: whether the change was made is unknown."
        : "The database can't be reached right now.",
      { retryAfter: 1 },
    );
  }
  if ((error as { code?: unknown } | null)?.code === "overloaded") {
    return new AppError("overloaded", "Too many calls are waiting.", { retryAfter: 1 });
  }
  log().error({ requestId, err: error }, "unexpected error");
  return new AppError("internal_error", "Something went wrong on our side.");
}

/** Headers that an error carries on every surface: challenge, `Retry-After`, `Allow`. */
export function errorHeaders(error: AppError): Record<string, string> {
  const headers: Record<string, string> = { "Cache-Control": "no-store" };
  const { retryAfter, allow, scope } = error.details;
  if (retryAfter !== undefined) headers["Retry-After"] = String(retryAfter);
  if (allow) headers.Allow = allow.join(", ");
  // RFC 6750 section 3: no error code where no credential was given.
  if (error.code === "unauthenticated")
    headers["WWW-Authenticate"] = 'Bearer realm="ServiceBroker"';
  if (error.code === "invalid_client") {
    headers["WWW-Authenticate"] = 'Basic realm="ServiceBroker", charset="UTF-8"';
  }
  if (error.code === "invalid_token") {
    headers["WWW-Authenticate"] = 'Bearer realm="ServiceBroker", error="invalid_token"';
  }
  if (error.code === "insufficient_scope") {
    headers["WWW-Authenticate"] =
      `Bearer realm="ServiceBroker", error="insufficient_scope", scope="${scope ?? ""}"`;
  }
  return headers;
}

/** Of the last error: the one for bad credentials is made once, and floods are answered with it. */
let last: { error: AppError; headers: Record<string, string> } | undefined;

function jsonHeaders(error: AppError): Record<string, string> {
  if (last?.error === error) return last.headers;
  const headers = { "Content-Type": "application/json", ...errorHeaders(error) };
  last = { error, headers };
  return headers;
}

/** An error as the Standard Response Object of `/up/v5` (contract §8). */
export function brokerError(thrown: unknown, requestId: string): Answer {
  const error = toAppError(thrown, requestId);
  const errors = error.details.issues?.map(({ path, message }) => ({
    Path: path,
    Message: message,
  }));
  return {
    status: statusByCode[error.code],
    headers: jsonHeaders(error),
    // Codes and request ids need no escaping; this is the answer to every flood of bad tokens.
    body:
      `{"Code":"${error.code}","Message":${JSON.stringify(error.message)},"RequestId":` +
      (errors ? `"${requestId}","Errors":${JSON.stringify(errors)}}` : `"${requestId}"}`),
  };
}

/** An error as the portal's own `/api` answers it. */
export function portalError(thrown: unknown, requestId: string): Answer {
  const error = toAppError(thrown, requestId);
  const { issues } = error.details;
  return {
    status: statusByCode[error.code],
    headers: jsonHeaders(error),
    body: JSON.stringify({
      code: error.code,
      message: error.message,
      requestId,
      ...(issues ? { issues } : {}),
    }),
  };
}
