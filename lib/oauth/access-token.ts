import { randomUUID, sign } from "node:crypto";
import { type RingKey, signingKey } from "@/lib/keys/ring";
import type { SystemPrincipal } from "@/lib/principal";
import { settings } from "@/lib/settings";

/** Claims of our access tokens (RFC 9068 section 2.2); times in seconds since the epoch. */
export type AccessTokenClaims = {
  iss: string;
  aud: string;
  /** The ClientId, as `client_id`: the client acts for itself. */
  sub: string;
  client_id: string;
  iat: number;
  nbf?: number;
  exp: number;
  jti: string;
  /** By space. */
  scope: string;
  entity_id: string;
};

export type IssuedAccessToken = { token: string; expiresIn: number; scope: string };

const base64url = (text: string) => Buffer.from(text).toString("base64url");
const headers = new WeakMap<RingKey, string>();

/**
 * Signs claims as a JWT of RFC 9068: `typ` at+jwt, ES256. With Node's own crypto, which takes a
 * third of the time that WebCrypto takes; a test has `jose` check the result.
 */
export function signAccessToken(claims: AccessTokenClaims, key: RingKey): string {
  let header = headers.get(key);
  if (!header) {
    header = base64url(JSON.stringify({ typ: "at+jwt", alg: "ES256", kid: key.kid }));
    headers.set(key, header);
  }
  const signed = `${header}.${base64url(JSON.stringify(claims))}`;
  // RFC 7518 section 3.4: R and S side by side, not DER.
  const how = { key: key.privateKey(), dsaEncoding: "ieee-p1363" } as const;
  return `${signed}.${sign("sha256", Buffer.from(signed), how).toString("base64url")}`;
}

/**
 * Makes an access token for a client that has shown its secret. Nothing of it is stored.
 * @param scopes that it is to carry, each one of the client's
 * @param seconds that it is good for
 * @throws DatabaseUnavailable
 */
export async function issueAccessToken(
  client: SystemPrincipal,
  scopes: string[],
  seconds: number,
): Promise<IssuedAccessToken> {
  const { publicUrl, audience } = settings();
  const { key, now } = await signingKey();
  const iat = Math.floor(now.getTime() / 1000);
  const scope = scopes.join(" ");
  const claims: AccessTokenClaims = {
    iss: publicUrl,
    aud: audience,
    sub: client.publicId,
    client_id: client.publicId,
    iat,
    exp: iat + seconds,
    jti: randomUUID(),
    scope,
    entity_id: client.tenantId,
  };
  return { token: signAccessToken(claims, key), expiresIn: seconds, scope };
}
