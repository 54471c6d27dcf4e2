import { type AppError, statusByCode } from "@/lib/errors";
import type { Answer } from "@/lib/http/call";
import { errorHeaders, toAppError } from "@/lib/http/errors";

/** Codes that the OAuth specifications know under our own name. */
const named = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_scope",
  "unsupported_grant_type",
  "invalid_token",
  "insufficient_scope",
]);

/** RFC 6749 section 5.2 and RFC 6750 section 3.1 for the rest; RFC 7009 section 2.2.1 for 503. */
function oauthCode(error: AppError): string {
  if (named.has(error.code)) return error.code;
  if (error.code === "unauthenticated") return "invalid_client";
  const status = statusByCode[error.code];
  if (status === 503 || status === 429) return "temporarily_unavailable";
  return status >= 500 ? "server_error" : "invalid_request";
}

/** An error as OAuth endpoints answer it: `{"error", "error_description"}`. */
export function oauthError(thrown: unknown, requestId: string): Answer {
  const error = toAppError(thrown, requestId);
  return {
    status: statusByCode[error.code],
    headers: {
      "Content-Type": "application/json",
      ...errorHeaders(error),
      ...noStore,
    },
    body: JSON.stringify({
      error: oauthCode(error),
      error_description: describable(error.message),
    }),
  };
}

/** What RFC 6749 section 5.1 wants of every answer that could hold a credential. */
export const noStore = { "Cache-Control": "no-store", Pragma: "no-cache" };

/** An answer of an OAuth endpoint in JSON. */
export const oauthJson = (body: unknown): Answer => ({
  status: 200,
  headers: { "Content-Type": "application/json", ...noStore },
  body: JSON.stringify(body),
});

/** RFC 6749 section 5.2: printable ASCII without quote and backslash. */
const describable = (text: string) => text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'");
