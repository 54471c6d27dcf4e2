import { decode } from "next-auth/jwt";
import { deriveKey } from "@/lib/secret-key";
import { settings } from "@/lib/settings";

/** Whether people reach the portal by https; then cookies are `Secure` and `__Host-`. */
export const isSecure = (): boolean => settings().publicUrl.startsWith("https:");

export type CookieKind = "session" | "csrf" | "return" | "state" | "nonce" | "pkce";

/** The name of a cookie of ours: bound to this very host where that is possible (RFC 6265bis). */
export const cookieName = (what: CookieKind): string =>
  `${isSecure() ? "__Host-" : ""}servicebroker.${what}`;

/** What seals the session cookie. */
export const cookieSecret = (): string => deriveKey("cookies").toString("base64");

/**
 * The session's secret in a sealed cookie, or null. The cookie is all that is looked at: next-auth's
 * own `getToken` would take a bearer token too.
 */
export async function openSessionCookie(sealed: string | undefined): Promise<string | null> {
  if (!sealed) return null;
  try {
    const token = await decode({ token: sealed, secret: cookieSecret() });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    return null;
  }
}

/** One cookie of a `Cookie` header, or undefined. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
}
