import { randomFillSync } from "node:crypto";

/** Characters of a UUID's text. */
export const uuidLength = 36;
const bytesOfOne = 16;
/** Where in the text the two digits of each byte stand; a hyphen is in each gap. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const digits = Buffer.from("0123456789abcdef");

/**
 * The texts of random UUIDs (version 4, RFC 9562 section 5.4), one after the other.
 * `crypto.randomUUID` puts each together from twenty pieces: three times the time, and half a
 * kilobyte of garbage.
 */
export function randomUuids(count: number): string {
  const random = randomFillSync(Buffer.allocUnsafe(count * bytesOfOne));
  const text = Buffer.alloc(count * uuidLength, "-");
  for (let i = 0; i < random.length; i++) {
    const byte = i % bytesOfOne;
    let value = random[i] as number;
    if (byte === 6) value = 0x40 | (value & 0x0f);
    if (byte === 8) value = 0x80 | (value & 0x3f);
    const at = Math.floor(i / bytesOfOne) * uuidLength + (places[byte] as number);
    text[at] = digits[value >> 4] as number;
    text[at + 1] = digits[value & 0x0f] as number;
  }
  return text.toString("latin1");
}
