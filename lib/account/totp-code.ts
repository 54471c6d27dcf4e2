import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { deriveKey, reseal, seal, unseal } from "@/lib/secret-key";

const period = 30;
const issuer = "ServiceBroker Access";

/** A fresh seed of 160 bits (RFC 4226 section 4). */
export const generateSeed = (): Buffer => randomBytes(20);

/** A seed as it is stored: sealed, and bound to its user. */
export const sealSeed = (seed: Buffer, userId: string): Buffer =>
  seal(seed, deriveKey("totp"), userId);
export const unsealSeed = (sealed: Buffer, userId: string): Buffer =>
  unseal(sealed, deriveKey("totp"), userId);
/** A stored seed, sealed anew under the secret key from an older one. @throws as `reseal` */
export const resealSeed = (sealed: Buffer, userId: string, old: string): Buffer =>
  reseal(sealed, "totp", userId, old);

function totp(seed: Buffer, email: string): TOTP {
  const secret = new Secret({ buffer: new Uint8Array(seed).buffer });
  return new TOTP({ issuer, label: email, algorithm: "SHA1", digits: 6, period, secret });
}

/** A seed as an authenticator takes it: `otpauth://…`, and base32 in groups of four. */
export function describeSeed(seed: Buffer, email: string): { uri: string; secret: string } {
  const made = totp(seed, email);
  const groups = made.secret.base32.match(/.{1,4}/g) ?? [];
  return { uri: made.toString(), secret: groups.join(" ") };
}

/**
 * The step of 30 s that a code belongs to, one before and after `now` included (RFC 6238 section
 * 5.2), or null where it is no code of this seed.
 * @param now milliseconds of the epoch
 */
export function stepOfCode(seed: Buffer, code: string, now: number): number | null {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totp(seed, "").validate({ token, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}

const letters = "abcdefghjkmnpqrstvwxyz0123456789";

/** Ten recovery codes of 80 bits: four groups of four. */
export const generateRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const text = Array.from(randomBytes(16), (byte) => letters[byte & 31]).join("");
    return (text.match(/.{4}/g) as string[]).join("-");
  });

/** What is stored of a recovery code; 80 random bits need no salt. Case and dashes don't matter. */
export const hashRecoveryCode = (code: string): string =>
  createHash("sha256")
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ""))
    .digest("hex");
