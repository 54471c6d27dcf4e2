import type { Profile } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { log } from "@/lib/log";
import type { Origin } from "@/lib/principal";
import { startSessionByProvider } from "@/lib/sessions/single-sign-on";
import { settings } from "@/lib/settings";

/** What the sign-in page offers besides a password; null where no provider is set up. */
export function providerName(): string | null {
  const { OIDC_ISSUER, OIDC_NAME } = settings();
  return OIDC_ISSUER ? OIDC_NAME : null;
}

/** The OpenID Connect provider of the settings, for next-auth. */
export function singleSignOn(): OAuthConfig<Profile>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_ID_TOKEN_ALG } =
    settings();
  if (!OIDC_ISSUER) return [];
  const issuer = OIDC_ISSUER.replace(/\/+$/, "");
  return [
    {
      id: "oidc",
      name: OIDC_NAME,
      type: "oauth",
      wellKnown: `${issuer}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      idToken: true,
      client: { id_token_signed_response_alg: OIDC_ID_TOKEN_ALG },
      checks: ["pkce", "state", "nonce"],
      authorization: { params: { scope: "openid email profile" } },
      httpOptions: { timeout: 10_000 },
      userinfo: { request: readClaims },
      // What the cookie gets is the session's secret, once the person is known: see `signIn`.
      profile: (claims) => ({ id: String(claims.sub) }),
    },
  ];
}

type UserinfoRequest = Extract<
  NonNullable<OAuthConfig<Profile>["userinfo"]>,
  { request?: unknown }
>["request"];

/** The claims of the checked ID token; for an e-mail that it leaves out, the userinfo endpoint's. */
const readClaims: UserinfoRequest = async ({ client, tokens }) => {
  const checked = tokens as Exclude<Parameters<typeof client.userinfo>[0], string>;
  const claims = checked.claims();
  if (claims.email) return claims as Profile;
  // The client refuses an answer about another subject (OpenID Connect Core section 5.3.2).
  const { email, email_verified, name } = await client.userinfo(checked);
  return { name, ...claims, email, email_verified } as Profile;
};

/**
 * The session of whom the provider vouches for.
 * @throws Error whose message is what the sign-in page is to say: a `Refusal`, or `unavailable`.
 */
export async function sessionByProvider(
  origin: Origin,
  profile: Profile | undefined,
): Promise<string> {
  const claims = (profile ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof claims[name] === "string" ? claims[name] : null);
  const [issuer, subject] = [text("iss"), text("sub")];
  if (!issuer || !subject) throw new Error("unknown_account");
  const result = await startSessionByProvider(origin, {
    issuer,
    subject,
    email: text("email"),
    emailVerified: claims.email_verified === true,
    name: text("name"),
  }).catch((error: unknown) => {
    log().error({ requestId: origin.requestId, err: error }, "single sign-on failed");
    throw new Error("unavailable");
  });
  if ("secret" in result) return result.secret;
  log().info({ requestId: origin.requestId, reason: result.refused }, "single sign-on refused");
  throw new Error(result.refused);
}
