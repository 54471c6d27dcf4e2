import { createPrivateKey, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair } from "jose";
import type { NewSigningKey } from "@/db/queries/keys";
import { deriveKey, reseal, seal, unseal } from "@/lib/secret-key";

const contextOf = (kid: string) => `signing-key/${kid}`;

/**
 * Makes an ES256 key (P-256), its private half sealed under the secret key. The `kid` is the
 * RFC 7638 thumbprint.
 */
export async function generateKey(signsFrom: Date): Promise<NewSigningKey> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const { kty, crv, x, y } = (await exportJWK(pair.publicKey)) as Record<string, string>;
  const publicJwk = { kty, crv, x, y } as Record<string, string>;
  const kid = await calculateJwkThumbprint(publicJwk);
  const plain = Buffer.from(await exportPKCS8(pair.privateKey));
  const privateCiphertext = seal(plain, deriveKey("signing-keys"), contextOf(kid));
  return { kid, publicJwk, privateCiphertext, signsFrom };
}

/** Opens the private half of a key. @throws Error where the secret key is another. */
export function openKey(key: { kid: string; privateCiphertext: Buffer }): KeyObject {
  try {
    const plain = unseal(key.privateCiphertext, deriveKey("signing-keys"), contextOf(key.kid));
    return createPrivateKey(plain);
  } catch {
    throw new Error(
      "BROKER_SECRET_KEY does not open the signing key. Set the one that it was made under, or run: keys rekey.",
    );
  }
}

/**
 * The private half sealed anew under the secret key, from an older one.
 * @throws Error where neither opens it.
 */
export function resealKey(key: { kid: string; privateCiphertext: Buffer }, old: string): Buffer {
  try {
    return reseal(key.privateCiphertext, "signing-keys", contextOf(key.kid), old);
  } catch {
    throw new Error(
      `Neither BROKER_SECRET_KEY_OLD nor BROKER_SECRET_KEY opens the key ${key.kid}.`,
    );
  }
}
