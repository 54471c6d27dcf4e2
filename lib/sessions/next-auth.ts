import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { isAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Origin } from "@/lib/principal";
import { type CookieKind, cookieName, cookieSecret, isSecure } from "@/lib/sessions/cookies";
import { endSession } from "@/lib/sessions/end";
import { sessionByProvider, singleSignOn } from "@/lib/sessions/provider";
import { readSession } from "@/lib/sessions/read";
import { lifetimeSeconds } from "@/lib/sessions/secret";
import { startSession } from "@/lib/sessions/start";
import { settings } from "@/lib/settings";

/** How long somebody may take to come back from their provider. */
const providerSeconds = 15 * 60;

/**
 * What next-auth is to do with a request; made afresh for each, since it carries its origin.
 * @param onFailure is told of what failed on our side: next-auth itself would make a 401 of it, or
 *   end the browser's session.
 */
export function authOptions(origin: Origin, onFailure: (error: unknown) => void): AuthOptions {
  const { publicUrl } = settings();
  const orTell = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error) => {
      if (!isAppError(error)) onFailure(error);
      throw error;
    });
  // next-auth takes its own address from here and from nothing that a client sends.
  process.env.NEXTAUTH_URL = publicUrl;
  return {
    providers: [passwordProvider(origin, orTell), ...singleSignOn()],
    secret: cookieSecret(),
    session: { strategy: "jwt", maxAge: lifetimeSeconds },
    useSecureCookies: isSecure(),
    cookies: {
      sessionToken: cookie("session"),
      csrfToken: cookie("csrf"),
      callbackUrl: cookie("return"),
      state: cookie("state", providerSeconds),
      nonce: cookie("nonce", providerSeconds),
      pkceCodeVerifier: cookie("pkce", providerSeconds),
    },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    callbacks: {
      async signIn({ user, account, profile }) {
        // The session's secret takes the place of the id, as it does after a password.
        if (account?.type === "oauth") user.id = await sessionByProvider(origin, profile);
        return true;
      },
      // The cookie holds the session's secret and nothing about the person.
      async jwt({ token, user }) {
        if (user) return { sid: user.id };
        const alive =
          typeof token.sid === "string" && (await orTell(readSession(origin, token.sid)));
        if (!alive) throw new Error("The session is over.");
        return { sid: token.sid, name: alive.name, email: alive.email };
      },
      redirect: ({ url, baseUrl }) => onOrigin(url, baseUrl),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await orTell(endSession(origin, token.sid));
      },
    },
    logger: {
      error: (code, about) =>
        code.includes("OAUTH")
          ? log().warn({ requestId: origin.requestId, code, reason: reasonOf(about) }, "sign-on")
          : log().debug({ requestId: origin.requestId, code }, "next-auth"),
      warn: (code) => log().debug({ requestId: origin.requestId, code }, "next-auth"),
      debug: () => {},
    },
  };
}

/** Why single sign-on failed, for the operator: "expected RS256, got: ES256", never a token. */
function reasonOf(about: unknown): string {
  const error = about instanceof Error ? about : (about as { error?: unknown })?.error;
  return error instanceof Error ? error.message.slice(0, 200) : "";
}

function passwordProvider(origin: Origin, orTell: <T>(work: Promise<T>) => Promise<T>) {
  return CredentialsProvider({
    name: "E-mail and password",
    credentials: { email: { type: "email" }, password: { type: "password" }, code: {} },
    async authorize(given) {
      const { email, password, code } = given ?? {};
      if (!fits(email, 254) || !fits(password, 1024)) return null;
      if (code && !fits(code, 64)) return null;
      try {
        const { secret } = await orTell(startSession(origin, { email, password, code }));
        return { id: secret };
      } catch (error) {
        if (isAppError(error) && error.code === "invalid_credentials") return null;
        if (isAppError(error)) throw new Error(error.code);
        throw error;
      }
    },
  });
}

const fits = (value: string | undefined, most: number): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= most;

const cookie = (what: CookieKind, maxAge?: number) => ({
  name: cookieName(what),
  options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure(), maxAge },
});

/** A place to return to on our own origin; the start page for any other. */
export function onOrigin(url: string, baseUrl: string): string {
  if (!URL.canParse(url, baseUrl)) return baseUrl;
  const target = new URL(url, baseUrl);
  return target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
}
