import { type KeyObject, verify } from "node:crypto";

/** R and S of P-256, 32 bytes each (RFC 7518 section 3.4), in base64url. */
const signatureLength = 86;

/**
 * Whether the ES256 signature of a compact JWS (RFC 7515 section 7.1) holds, by Node's own crypto:
 * half the price of WebCrypto. Its header is not looked at. A test has `jose` agree.
 * @param jws three parts of base64url, by dots
 */
export function signatureHolds(jws: string, key: KeyObject): boolean {
  const dot = jws.lastIndexOf(".");
  if (jws.length - dot - 1 !== signatureLength) return false;
  const signature = Buffer.from(jws.slice(dot + 1), "base64url");
  const how = { key, dsaEncoding: "ieee-p1363" } as const;
  return verify("sha256", Buffer.from(jws.slice(0, dot), "latin1"), how, signature);
}
