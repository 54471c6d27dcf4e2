import { publishedKeys } from "@/lib/keys/ring";

/** The published keys as a JWK Set (RFC 7517 section 5): next, current and previous. */
export async function jwks(): Promise<{ keys: Record<string, string>[] }> {
  const keys = await publishedKeys();
  return {
    keys: keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, use: "sig", alg: "ES256" })),
  };
}
