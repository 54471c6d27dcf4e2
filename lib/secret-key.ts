import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What a derived key is for; a key for one purpose opens nothing of another. */
export type KeyPurpose = "cookies" | "signing-keys" | "totp" | "webhooks" | "idempotency";

const ivLength = 12;
const tagLength = 16;

/**
 * Decodes `BROKER_SECRET_KEY`: 32 or more random bytes in hex or base64.
 * @throws Error that says what is wrong with it, never what it is.
 */
export function parseSecretKey(text: string | undefined): Buffer {
  if (!text) {
    throw new Error(
      "BROKER_SECRET_KEY is missing. Make one with: openssl rand -base64 32, and keep it: without it signing keys and TOTP seeds can't be read.",
    );
  }
  const bytes = /^(?:[0-9a-f]{2})+$/i.test(text)
    ? Buffer.from(text, "hex")
    : /^[A-Za-z0-9+/_-]+={0,2}$/.test(text)
      ? Buffer.from(text, "base64")
      : null;
  if (!bytes) throw new Error("BROKER_SECRET_KEY is neither hex nor base64.");
  if (bytes.length < 32) {
    throw new Error(
      `BROKER_SECRET_KEY holds ${bytes.length} bytes; it takes 32 or more random ones.`,
    );
  }
  // 32 random bytes have 30 distinct values on average; fewer than 16 is a pattern, not chance.
  if (new Set(bytes).size < 16) throw new Error("BROKER_SECRET_KEY is not random enough.");
  return bytes;
}

/** A key of 32 bytes for one purpose, derived by HKDF-SHA-256 (RFC 5869). */
export function deriveKey(purpose: KeyPurpose, secret = process.env.BROKER_SECRET_KEY): Buffer {
  const info = `servicebroker-access/${purpose}`;
  return Buffer.from(hkdfSync("sha256", parseSecretKey(secret), "", info, 32));
}

/** Encrypts with AES-256-GCM: nonce, tag, ciphertext. `context` must be given again to decrypt. */
export function seal(plain: Buffer, key: Buffer, context: string): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/**
 * Seals anew under the secret key what was sealed under it or under an older one.
 * @param old the secret key before
 * @throws Error where neither opens it.
 */
export function reseal(sealed: Buffer, purpose: KeyPurpose, context: string, old: string): Buffer {
  const fresh = deriveKey(purpose);
  for (const key of [deriveKey(purpose, old), fresh]) {
    try {
      return seal(unseal(sealed, key, context), fresh, context);
    } catch {
      // The other one, then.
    }
  }
  throw new Error("Neither BROKER_SECRET_KEY_OLD nor BROKER_SECRET_KEY opens it.");
}

/** Decrypts what `seal` made. @throws Error where key or context differ or a byte was changed. */
export function unseal(sealed: Buffer, key: Buffer, context: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, ivLength))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]);
}
