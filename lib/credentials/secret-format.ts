import * as crypto from "node:crypto";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43;
const checksumLength = 6;

/** `sbat_` opens a System Access Token, `sbcs_` a client's secret. */
export type SecretPrefix = "sbat_" | "sbcs_";

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as in ISO 3309 (zlib's), of the first `length` characters of an ASCII string. */
export function crc32(text: string, length = text.length): number {
  let crc = 0xffffffff;
  for (let i = 0; i < length; i++) {
    crc = (crcTable[(crc ^ text.charCodeAt(i)) & 0xff] as number) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n)
    text = digits[Number(rest % 62n)] + text;
  return text;
}

const checksum = (text: string, length: number) => {
  let rest = crc32(text, length);
  let out = "";
  for (let i = 0; i < checksumLength; i++) {
    out = digits[rest % 62] + out;
    rest = Math.floor(rest / 62);
  }
  return out;
};

/**
 * Makes a secret of contract §2: prefix, 256 random bits as 43 base62 characters, and the CRC-32
 * of all that as 6 more. `random` is 32 bytes, an argument for tests only.
 */
export function generateSecret(
  prefix: SecretPrefix,
  random: Buffer = crypto.randomBytes(32),
): string {
  const unchecked = prefix + base62(BigInt(`0x${random.toString("hex")}`), bodyLength);
  return unchecked + checksum(unchecked, unchecked.length);
}

/** The value of each base62 digit by character code; 255 for what is none. */
const digitValues = new Uint8Array(128).fill(255);
for (const [value, digit] of [...digits].entries()) digitValues[digit.charCodeAt(0)] = value;

/** Whether a string has the shape and checksum of a secret; costs no database work, nor memory. */
export function isWellFormed(secret: string, prefix: SecretPrefix): boolean {
  const checkedLength = prefix.length + bodyLength;
  if (secret.length !== checkedLength + checksumLength || !secret.startsWith(prefix)) return false;
  let crc = 0xffffffff;
  let shown = 0;
  for (let i = 0; i < secret.length; i++) {
    const code = secret.charCodeAt(i);
    if (i >= prefix.length && (code > 127 || digitValues[code] === 255)) return false;
    if (i < checkedLength) crc = (crcTable[(crc ^ code) & 0xff] as number) ^ (crc >>> 8);
    else shown = shown * 62 + (digitValues[code] as number);
  }
  return shown === (crc ^ 0xffffffff) >>> 0;
}

/** SHA-256 of a secret: the only form in which it is stored. 256 random bits need no salt. */
export const hashSecret = (secret: string): Buffer =>
  crypto.createHash("sha256").update(secret).digest();

/** The same in hex. Node 20.12 has it in one call, at less than half the price. */
export const hashSecretHex: (secret: string) => string =
  typeof crypto.hash === "function"
    ? (secret) => crypto.hash("sha256", secret, "hex")
    : (secret) => crypto.createHash("sha256").update(secret).digest("hex");

/** What people may see of a secret: prefix and last four characters. */
export const hintOf = (secret: string): string => `${secret.slice(0, 5)}…${secret.slice(-4)}`;
