import { AppError } from "@/lib/errors";
import { type Call, queryOf } from "@/lib/http/call";

/** Bytes of a bearer token at most; a longer one is refused unread. */
const longest = 8 * 1024;
const scheme = /^bearer /i;
const wrapper = /^secret-token:/i;

/**
 * The token of `Authorization: Bearer` (RFC 6750 section 2.1), out of its RFC 8959 wrapper.
 * @returns the token; an oversize one is as good as an empty one.
 * @throws AppError `unauthenticated` where there is none; `invalid_request` for one in the query
 *   string.
 */
export function bearerOf(call: Call): string {
  if (call.target.includes("access_token=") && queryOf(call).has("access_token")) {
    throw new AppError(
      "invalid_request",
      "Send the token in the Authorization header, not in the query.",
      {
        issues: [{ path: "?access_token", message: "Never accepted." }],
      },
    );
  }
  const header = call.header("authorization");
  if (header === null || !scheme.test(header)) {
    throw new AppError("unauthenticated", "Send Authorization: Bearer with a token.");
  }
  return unwrap(header.slice("bearer ".length).trim()) ?? "";
}

/** A token out of its RFC 8959 wrapper, if it is in one; null for an empty or oversize one. */
export function unwrap(text: string): string | null {
  const token = wrapper.test(text) ? text.slice("secret-token:".length) : text;
  return token.length === 0 || token.length > longest ? null : token;
}

/** The one answer to every credential that is not good: why is not the caller's to know. */
export const invalidToken = (): AppError => notGood;
// One for all: it tells nothing of a call, and a stack trace costs more than the refusal.
const notGood = new AppError("invalid_token", "This credential is not good.");
