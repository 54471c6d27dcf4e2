import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { deriveKey, parseSecretKey, seal, unseal } from "@/lib/secret-key";

test.describe("BROKER_SECRET_KEY", () => {
  test("is taken as hex or base64 of 32 bytes or more", () => {
    const bytes = randomBytes(32);
    expect(parseSecretKey(bytes.toString("hex"))).toEqual(bytes);
    expect(parseSecretKey(bytes.toString("base64"))).toEqual(bytes);
  });

  test("is refused when missing, short, patterned or neither, by name and without its value", () => {
    const weak = [
      undefined,
      "",
      "changeme",
      randomBytes(16).toString("hex"),
      "ab".repeat(32),
      "no key at all!",
    ];
    for (const text of weak) {
      const refuse = () => parseSecretKey(text);
      expect(refuse).toThrow(/BROKER_SECRET_KEY/);
      if (text) expect(refuse).not.toThrow(new RegExp(text));
    }
  });

  test("gives each purpose a key of its own", () => {
    const secret = randomBytes(32).toString("hex");
    expect(deriveKey("totp", secret)).toEqual(deriveKey("totp", secret));
    expect(deriveKey("totp", secret)).not.toEqual(deriveKey("signing-keys", secret));
  });
});

test.describe("what is sealed", () => {
  const key = randomBytes(32);

  test("comes back under the same key and context", () => {
    expect(unseal(seal(Buffer.from("seed"), key, "user 1"), key, "user 1").toString()).toBe("seed");
  });

  test("doesn't under another key, in another context, or with any byte changed", () => {
    const sealed = seal(Buffer.from("seed"), key, "user 1");
    expect(() => unseal(sealed, randomBytes(32), "user 1")).toThrow();
    expect(() => unseal(sealed, key, "user 2")).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => unseal(changed, key, "user 1")).toThrow();
    }
  });
});
