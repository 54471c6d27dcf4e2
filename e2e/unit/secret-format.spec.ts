import { expect, test } from "@playwright/test";
import {
  crc32,
  generateSecret,
  hashSecret,
  hintOf,
  isWellFormed,
} from "@/lib/credentials/secret-format";

test.describe("the format of secrets", () => {
  test("is a prefix and 49 base62 characters, as a scanner looks for it", () => {
    for (const prefix of ["sbat_", "sbcs_"] as const) {
      const secret = generateSecret(prefix);
      expect(secret).toMatch(/^sb(at|cs)_[0-9A-Za-z]{49}$/);
      expect(isWellFormed(secret, prefix)).toBe(true);
    }
  });

  test("holds 256 bits: the least and the greatest of them differ and fit", () => {
    const least = generateSecret("sbat_", Buffer.alloc(32, 0));
    const greatest = generateSecret("sbat_", Buffer.alloc(32, 255));
    expect(least.slice(5, 48)).toBe("0".repeat(43));
    expect(greatest.length).toBe(least.length);
    expect(isWellFormed(least, "sbat_") && isWellFormed(greatest, "sbat_")).toBe(true);
    const value = [...greatest.slice(5, 48)].reduce(
      (sum, digit) =>
        sum * 62n +
        BigInt("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".indexOf(digit)),
      0n,
    );
    expect(value).toBe(2n ** 256n - 1n);
  });

  test("ends in the CRC-32 that zlib computes", () => {
    expect(crc32("123456789")).toBe(0xcbf43926);
  });

  test("is refused with one character changed, whichever", () => {
    const secret = generateSecret("sbat_");
    for (let at = 0; at < secret.length; at++) {
      const other = secret[at] === "7" ? "8" : "7";
      const changed = secret.slice(0, at) + other + secret.slice(at + 1);
      expect(isWellFormed(changed, "sbat_"), changed).toBe(false);
    }
  });

  test("is refused with the other prefix, cut, lengthened, or with foreign characters", () => {
    const secret = generateSecret("sbat_");
    expect(isWellFormed(secret, "sbcs_")).toBe(false);
    for (const broken of [
      "",
      secret.slice(0, -1),
      `${secret}0`,
      ` ${secret}`,
      secret.replace(/.$/, "é"),
    ]) {
      expect(isWellFormed(broken, "sbat_"), broken).toBe(false);
    }
  });

  test("shows of itself the prefix and four characters, and hashes to 32 bytes", () => {
    const secret = generateSecret("sbat_");
    expect(hintOf(secret)).toBe(`sbat_…${secret.slice(-4)}`);
    expect(hashSecret(secret)).toHaveLength(32);
  });
});
