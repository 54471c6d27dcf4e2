import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "@playwright/test";
import { compactVerify, exportJWK, importJWK, jwtVerify, SignJWT } from "jose";
import { generateKey, openKey, resealKey } from "@/lib/keys/material";
import type { RingKey } from "@/lib/keys/ring";
import {
  currentKey,
  earliestTakeover,
  endsAt,
  leadOf,
  nextKey,
  stateOf,
  type TimedKey,
  takeoverByAge,
} from "@/lib/keys/schedule";
import { type AccessTokenClaims, signAccessToken } from "@/lib/oauth/access-token";
import { signatureHolds } from "@/lib/oauth/jws";
import { timesHold } from "@/lib/oauth/read-access-token";

const DAY = 86_400_000;
const start = new Date("2026-01-01T00:00:00.000Z");
const after = (ms: number) => new Date(start.getTime() + ms);
const policy = { rotateAfterDays: 90, maxAgeSeconds: 300 };
const key = (kid: string, signsFrom: number, more: Partial<TimedKey> = {}): TimedKey => ({
  ...{ kid, createdAt: start, signsFrom: after(signsFrom), signsUntil: null, publishedUntil: null },
  ...more,
});

test.describe("the schedule of signing keys", () => {
  const old = key("old", 0, endsAt(after(90 * DAY)));
  const next = key("next", 90 * DAY);
  const keys = [next, old];

  test("the next key takes over by time alone, to the millisecond", () => {
    const moment = after(90 * DAY);
    const before = new Date(moment.getTime() - 1);
    expect(currentKey(keys, before)?.kid).toBe("old");
    expect(nextKey(keys, before)?.kid).toBe("next");
    expect(currentKey(keys, moment)?.kid).toBe("next");
    expect(nextKey(keys, moment)).toBeUndefined();
  });

  test("a key is next, current, previous, and published until its last JWT has expired", () => {
    expect(stateOf(next, keys, start)).toBe("next");
    expect(stateOf(old, keys, start)).toBe("current");
    const moment = after(90 * DAY);
    expect(stateOf(next, keys, moment)).toBe("current");
    expect(stateOf(old, keys, moment)).toBe("previous");
    // A JWT of 24 hours made in the last millisecond, checked with 5 s of skew.
    expect(stateOf(old, keys, after(91 * DAY + 5_000))).toBe("previous");
    expect(stateOf(old, keys, after(91 * DAY + 3_600_000))).toBeNull();
  });

  test("no key signs before it has been published for longer than a key set may be cached", () => {
    expect(leadOf(policy)).toBeGreaterThan(policy.maxAgeSeconds * 1000);
    const late = after(200 * DAY);
    expect(takeoverByAge(old, start, policy)).toEqual(after(90 * DAY));
    expect(takeoverByAge(old, late, policy).getTime()).toBe(late.getTime() + leadOf(policy));
    expect(earliestTakeover(next, after(1_000), policy)).toEqual(after(leadOf(policy)));
    expect(earliestTakeover(next, after(DAY), policy)).toEqual(after(DAY));
  });
});

const claims: AccessTokenClaims = {
  iss: "https://broker.example",
  aud: "https://api.example",
  sub: "sbcl_0123456789abcdefghijkl",
  client_id: "sbcl_0123456789abcdefghijkl",
  iat: 1_000,
  exp: 4_600,
  jti: "7d9f1c52-9f0f-4b52-8a2c-7a2b1c3d4e5f",
  scope: "broker",
  entity_id: "0d3f0000-0000-4000-8000-000000000001",
};

test.describe("signing with Node's own crypto", () => {
  test("makes what jose accepts, a hundred times, and what jose makes is made of the same", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const ring = { kid: "k".repeat(43), privateKey: () => privateKey } as unknown as RingKey;
    const byJose = await new SignJWT(claims)
      .setProtectedHeader({ typ: "at+jwt", alg: "ES256", kid: ring.kid })
      .sign(privateKey);
    const verifier = await importJWK(await exportJWK(publicKey), "ES256");
    for (let round = 0; round < 100; round++) {
      const jwt = signAccessToken(claims, ring);
      const { payload, protectedHeader } = await jwtVerify(jwt, verifier, {
        issuer: claims.iss,
        audience: claims.aud,
        typ: "at+jwt",
        algorithms: ["ES256"],
        currentDate: new Date(2_000_000),
      });
      expect(payload).toEqual(claims);
      expect(protectedHeader).toEqual({ typ: "at+jwt", alg: "ES256", kid: ring.kid });
      expect(jwt.split(".").slice(0, 2)).toEqual(byJose.split(".").slice(0, 2));
    }
  });
});

test.describe("checking signatures with Node's own crypto", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ring = { kid: "k".repeat(43), privateKey: () => privateKey } as unknown as RingKey;
  const jwt = signAccessToken(claims, ring);
  const agreed = async (jws: string): Promise<boolean> => {
    const byJose = await compactVerify(jws, publicKey, { algorithms: ["ES256"] }).then(
      () => true,
      () => false,
    );
    expect(signatureHolds(jws, publicKey), jws).toBe(byJose);
    return byJose;
  };

  test("agrees with jose on a JWT with any one character changed", async () => {
    expect(await agreed(jwt)).toBe(true);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let refused = 0;
    // Past the header, which jose reads for itself.
    for (let at = jwt.indexOf(".") + 1; at < jwt.length; at++) {
      const here = alphabet.indexOf(jwt[at] as string);
      if (here < 0) continue;
      const other = alphabet[(here + 16) % 64];
      if (!(await agreed(jwt.slice(0, at) + other + jwt.slice(at + 1)))) refused++;
    }
    expect(refused).toBeGreaterThan(300);
  });

  test("agrees with jose on signatures of other lengths, encodings and keys", async () => {
    const [signed, signature] = [jwt.slice(0, jwt.lastIndexOf(".")), jwt.split(".")[2] as string];
    const bytes = Buffer.from(signature, "base64url");
    const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const theirs = { kid: ring.kid, privateKey: () => stranger.privateKey } as unknown as RingKey;
    const wrong = [
      signAccessToken(claims, theirs),
      `${signed}.`,
      `${signed}.${signature.slice(0, -2)}`,
      `${signed}.${signature}AA`,
      `${signed}.${Buffer.alloc(64).toString("base64url")}`,
      `${signed}.${Buffer.alloc(64, 0xff).toString("base64url")}`,
      `${signed}.${Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]).toString("base64url")}`,
      `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`,
    ];
    for (const jws of wrong) expect(await agreed(jws)).toBe(false);
  });
});

test.describe("the times of a JWT", () => {
  const at = (seconds: number, more = {}) => timesHold({ ...claims, ...more }, seconds * 1000);

  test("hold from its issue to its expiry, with 5 s of skew at either end", () => {
    expect(at(994.9)).toBe(false);
    expect(at(995)).toBe(true);
    expect(at(4_604.9)).toBe(true);
    expect(at(4_605)).toBe(false);
    expect(at(1_000, { nbf: 1_010 })).toBe(false);
    expect(at(1_005, { nbf: 1_010 })).toBe(true);
  });
});

test.describe("the private half of a signing key", () => {
  const [first, second] = ["1", "2"].map((digit) =>
    Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7 + Number(digit))).toString("base64"),
  ) as [string, string];

  test("opens under its secret key alone, and under another once it is sealed anew", async () => {
    const before = process.env.BROKER_SECRET_KEY;
    try {
      process.env.BROKER_SECRET_KEY = first;
      const made = await generateKey(start);
      expect(made.privateCiphertext.toString("latin1")).not.toContain("PRIVATE KEY");
      expect(openKey(made).asymmetricKeyType).toBe("ec");
      expect(() => openKey({ ...made, kid: "another" })).toThrow(/BROKER_SECRET_KEY/);

      process.env.BROKER_SECRET_KEY = second;
      expect(() => openKey(made)).toThrow(/BROKER_SECRET_KEY/);
      const resealed = { ...made, privateCiphertext: resealKey(made, first) };
      expect(openKey(resealed).asymmetricKeyType).toBe("ec");
      expect(openKey({ ...made, privateCiphertext: resealKey(resealed, first) })).toBeTruthy();

      process.env.BROKER_SECRET_KEY = first;
      expect(() => openKey(resealed)).toThrow(/BROKER_SECRET_KEY/);
      expect(() => resealKey(resealed, first)).toThrow(/Neither/);
    } finally {
      if (before === undefined) delete process.env.BROKER_SECRET_KEY;
      else process.env.BROKER_SECRET_KEY = before;
    }
  });
});
