import { PortalError } from "@/lib/browser/http";

async function csrfToken(): Promise<string> {
  const response = await fetch("/api/auth/csrf", { cache: "no-store" });
  if (!response.ok) throw new PortalError("internal_error", "Something went wrong on the server.");
  return ((await response.json()) as { csrfToken: string }).csrfToken;
}

const unavailable = () =>
  new PortalError("database_unavailable", "This isn't possible right now. Try again in a moment.");

/** Posts a form to next-auth; returns its status and where it would send the browser. @throws PortalError */
async function post(path: string, fields: Record<string, string>) {
  try {
    const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: "true" });
    const response = await fetch(`/api/auth/${path}`, { method: "POST", body });
    if (response.status === 503) throw unavailable();
    const { url } = (await response.json()) as { url?: string };
    return { status: response.status, url, error: url && new URL(url).searchParams.get("error") };
  } catch (error) {
    if (error instanceof PortalError) throw error;
    throw new PortalError("network", "The server can't be reached.");
  }
}

/**
 * Signs in by e-mail and password, and a code where the account wants one.
 * @throws PortalError `invalid_credentials`, `second_factor_required`, `second_factor_invalid`,
 *   `too_many_requests`, `database_unavailable`, `network`.
 */
export async function signIn(email: string, password: string, code?: string): Promise<void> {
  const fields = { email, password, ...(code ? { code } : {}) };
  const { status, error } = await post("callback/credentials", fields);
  if (status === 200 && !error) return;
  if (error === "CredentialsSignin") {
    throw new PortalError("invalid_credentials", "E-mail and password don't match.");
  }
  if (error === "second_factor_required" || error === "second_factor_invalid") {
    throw new PortalError(error, "This code is not good, or was used already.");
  }
  if (error === "too_many_requests") {
    throw new PortalError(
      "too_many_requests",
      "Too many attempts to sign in. Wait a quarter of an hour, then try again.",
    );
  }
  throw new PortalError("internal_error", "Signing in failed. Reload this page and try again.");
}

/** Leaves for the single sign-on provider, to come back to `returnTo`. @throws PortalError */
export async function signInByProvider(returnTo?: string): Promise<void> {
  const callbackUrl = location.origin + localPath(returnTo);
  const { url, error } = await post("signin/oidc", { callbackUrl });
  if (!url || error) throw new PortalError("network", "The provider can't be reached.");
  location.assign(url);
}

/** Signs out and leaves for the sign-in page, or for where one is to go from there. */
export async function signOut(leaveFor = "/sign-in"): Promise<void> {
  await post("signout", {});
  location.assign(leaveFor);
}

/** A path of this portal to go on to, from what a link carries; "/" for anything else. */
export function localPath(wanted: string | null | undefined): string {
  if (!wanted) return "/";
  const base = "http://portal.invalid";
  if (!URL.canParse(wanted, base)) return "/";
  const url = new URL(wanted, base);
  return url.origin === base && wanted.startsWith("/") ? url.pathname + url.search + url.hash : "/";
}

/** The sign-in page, to come back from to where one is. */
export function signInPath(returnTo: string): string {
  return returnTo === "/" ? "/sign-in" : `/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`;
}
