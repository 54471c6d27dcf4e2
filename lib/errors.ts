/** Every way in which a request can fail on purpose; one table gives each its HTTP status. */
export const statusByCode = {
  invalid_request: 400,
  invalid_json: 400,
  unauthenticated: 401,
  invalid_token: 401,
  invalid_credentials: 401,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  second_factor_required: 401,
  second_factor_invalid: 401,
  insufficient_scope: 403,
  forbidden: 403,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal_error: 500,
  database_unavailable: 503,
  overloaded: 503,
  stopping: 503,
} as const;

export type ErrorCode = keyof typeof statusByCode;

/** One thing wrong with the input: where (`Scopes.0`, `?limit`) and what. */
export type Issue = { path: string; message: string };

/** An expected failure. `code` is stable and machine-readable; `message` is for people. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: {
      issues?: Issue[];
      /** Seconds, for `Retry-After`. */
      retryAfter?: number;
      /** Methods, for `Allow` on a 405. */
      allow?: string[];
      /** Scopes, for the challenge of a 403. */
      scope?: string;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}

/**
 * Whether an error is one of ours. By name and not by class: the server entry and Next's bundle
 * each load this module, in one process.
 */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "code" in error;
}

/** The answer for a thing that does not exist, or belongs to somebody else: they look the same. */
export const notFound = (what: string) => new AppError("not_found", `No such ${what}.`);
