import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CompactEncrypt, exportJWK, importJWK } from "jose";
import { expectError } from "@/e2e/support/expect-error";
import { encode, expect, partsOf, privateKeyOf, signEs256, test } from "@/e2e/support/oauth";

/** What forgeries are made of: a good JWT, the server's own key, a key of the attacker's. */
type Kit = {
  jwt: string;
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  key: KeyObject;
  publicJwk: Record<string, string>;
  stranger: ReturnType<typeof generateKeyPairSync>;
  /** A web server of the attacker's, which nobody must call. */
  trap: string;
  masterSession: string;
};

const now = () => Math.floor(Date.now() / 1000);
const ours = (kit: Kit, claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  signEs256({ ...kit.header, ...header }, { ...kit.payload, ...claims }, kit.key);
const theirs = (kit: Kit, header: Record<string, unknown> = {}) =>
  signEs256({ ...kit.header, ...header }, kit.payload, kit.stranger.privateKey as KeyObject);
const without = (kit: Kit, claim: string) => {
  const { [claim]: _, ...rest } = kit.payload;
  return signEs256(kit.header, rest, kit.key);
};
const unsigned = (kit: Kit, alg: string) => {
  const header = { ...kit.header, alg };
  return `${encode(header)}.${encode(kit.payload)}.`;
};
const hmac = (kit: Kit, secret: string | Buffer, header: Record<string, unknown> = {}) => {
  const signed = `${encode({ ...kit.header, alg: "HS256", ...header })}.${encode(kit.payload)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
};
const strangerJwk = (kit: Kit) =>
  (kit.stranger.publicKey as KeyObject).export({ format: "jwk" }) as Record<string, string>;
const spki = (kit: Kit, type: "pem" | "der") =>
  importKey(kit.publicJwk).export({ type: "spki", format: type as "pem" });
const importKey = (jwk: Record<string, string>): KeyObject =>
  createPublicKey({ key: jwk, format: "jwk" });

const forgeries: [string, (kit: Kit) => string | Promise<string>][] = [
  ["alg none, no signature", (kit) => unsigned(kit, "none")],
  ["alg None in other letters", (kit) => unsigned(kit, "nOnE")],
  ["alg none with the good signature", (kit) => unsigned(kit, "none") + kit.jwt.split(".")[2]],
  ["the signature cut off", (kit) => `${kit.jwt.split(".").slice(0, 2).join(".")}.`],
  ["the signature and its dot cut off", (kit) => kit.jwt.split(".").slice(0, 2).join(".")],
  ["HS256 keyed with the public key's PEM", (kit) => hmac(kit, spki(kit, "pem"))],
  ["HS256 keyed with the public key's DER", (kit) => hmac(kit, spki(kit, "der"))],
  ["HS256 keyed with the public JWK", (kit) => hmac(kit, JSON.stringify(kit.publicJwk))],
  ["HS256 keyed with nothing, kid /dev/null", (kit) => hmac(kit, "", { kid: "/dev/null" })],
  ["a stranger's key under our kid", (kit) => theirs(kit)],
  ["a stranger's key under its own kid", (kit) => theirs(kit, { kid: "a".repeat(43) })],
  ["a stranger's key, its jwk in the header", (kit) => theirs(kit, { jwk: strangerJwk(kit) })],
  [
    "a stranger's key behind jku",
    (kit) => theirs(kit, { jku: `${kit.trap}/jwks`, kid: "b".repeat(43) }),
  ],
  ["a stranger's key behind x5u", (kit) => theirs(kit, { x5u: `${kit.trap}/cert` })],
  ["our key with jku beside", (kit) => ours(kit, {}, { jku: `${kit.trap}/jwks` })],
  ["kid that is SQL", (kit) => ours(kit, {}, { kid: "' or '1'='1" })],
  ["kid that is a path", (kit) => ours(kit, {}, { kid: "../../../etc/passwd" })],
  ["kid that is a URL", (kit) => ours(kit, {}, { kid: `${kit.trap}/key` })],
  ["kid that is a number", (kit) => ours(kit, {}, { kid: 7 })],
  ["kid of a built-in", (kit) => ours(kit, {}, { kid: "__proto__" })],
  ["no kid", (kit) => ours(kit, {}, { kid: undefined })],
  [
    "an unknown crit",
    (kit) => ours(kit, {}, { crit: ["https://x.example/y"], "https://x.example/y": 1 }),
  ],
  ["crit b64", (kit) => ours(kit, {}, { crit: ["b64"], b64: false })],
  ["typ JWT", (kit) => ours(kit, {}, { typ: "JWT" })],
  ["no typ", (kit) => ours(kit, {}, { typ: undefined })],
  ["alg ES384 over our signature", (kit) => ours(kit, {}, { alg: "ES384" })],
  ["alg RS256 over our signature", (kit) => ours(kit, {}, { alg: "RS256" })],
  ["another issuer", (kit) => ours(kit, { iss: "https://evil.example" })],
  ["an issuer with a slash more", (kit) => ours(kit, { iss: `${kit.payload.iss}/` })],
  ["no issuer", (kit) => without(kit, "iss")],
  ["another audience", (kit) => ours(kit, { aud: "https://other.example" })],
  ["a list of audiences", (kit) => ours(kit, { aud: ["https://other.example"] })],
  ["no audience", (kit) => without(kit, "aud")],
  ["expired", (kit) => ours(kit, { iat: now() - 120, exp: now() - 6 })],
  ["no exp", (kit) => without(kit, "exp")],
  ["exp that is text", (kit) => ours(kit, { exp: String(now() + 600) })],
  ["exp that is a fraction", (kit) => ours(kit, { exp: now() + 600.5 })],
  ["exp that is null", (kit) => ours(kit, { exp: null })],
  [
    "exp beyond all numbers",
    (kit) => signedRaw(kit, JSON.stringify(kit.payload).replace(/"exp":\d+/, '"exp":1e999')),
  ],
  ["nbf in the future", (kit) => ours(kit, { nbf: now() + 30 })],
  ["iat in the future", (kit) => ours(kit, { iat: now() + 30 })],
  ["no iat", (kit) => without(kit, "iat")],
  ["no jti", (kit) => without(kit, "jti")],
  ["jti in capitals", (kit) => ours(kit, { jti: String(kit.payload.jti).toUpperCase() })],
  ["iat before all time", (kit) => ours(kit, { iat: -1 })],
  ["nbf that is text", (kit) => ours(kit, { nbf: String(now()) })],
  ["a scope that is a list", (kit) => ours(kit, { scope: ["broker"] })],
  ["a client_id that is none", (kit) => ours(kit, { sub: "sbcl_", client_id: "sbcl_" })],
  ["a claim more", (kit) => ours(kit, { admin: true })],
  ["a claim named like a built-in", (kit) => ours(kit, { toString: "x" })],
  [
    "a claim more, named __proto__",
    (kit) => signedRaw(kit, JSON.stringify(kit.payload).replace("{", '{"__proto__":{},')),
  ],
  ["jti that is SQL", (kit) => ours(kit, { jti: "'; drop table tokens; --" })],
  [
    "a client that doesn't exist",
    (kit) => {
      const id = `sbcl_${"a".repeat(22)}`;
      return ours(kit, { sub: id, client_id: id });
    },
  ],
  ["sub of another client", (kit) => ours(kit, { sub: `sbcl_${"a".repeat(22)}` })],
  ["another Tenant's entity_id", (kit) => ours(kit, { entity_id: randomUUID() })],
  [
    "a scope more, under the old signature",
    (kit) => {
      const [header, , signature] = kit.jwt.split(".");
      return `${header}.${encode({ ...kit.payload, scope: "tenants:manage" })}.${signature}`;
    },
  ],
  ["a payload that is a list", (kit) => signedRaw(kit, "[]")],
  ["a payload that is null", (kit) => signedRaw(kit, "null")],
  ["a payload that is no JSON", (kit) => signedRaw(kit, "{")],
  ["a payload that is no UTF-8", (kit) => signedRaw(kit, Buffer.from([0x7b, 0xff, 0x7d]))],
  ["a header that is no JSON", (kit) => `${encode("{")}.${kit.jwt.split(".").slice(1).join(".")}`],
  [
    "a header that nests",
    (kit) =>
      `${encode(`${'{"a":'.repeat(900)}1${"}".repeat(900)}`)}.${kit.jwt.split(".").slice(1).join(".")}`,
  ],
  [
    "a signature in DER",
    (kit) => {
      const signed = kit.jwt.split(".").slice(0, 2).join(".");
      return `${signed}.${sign("sha256", Buffer.from(signed), kit.key).toString("base64url")}`;
    },
  ],
  [
    "a signature of zeros",
    (kit) => `${kit.jwt.split(".").slice(0, 2).join(".")}.${encode("\0".repeat(64))}`,
  ],
  [
    "a JWE to our public key",
    async (kit) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(kit.payload)))
        .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", typ: "at+jwt" })
        .encrypt(await importJWK(kit.publicJwk, "ECDH-ES")),
  ],
  ["over 8 KiB", (kit) => ours(kit, { pad: "x".repeat(9_000) })],
  ["two tokens in one", (kit) => `${kit.jwt}.${kit.jwt}`],
  ["a cookie's session", (kit) => kit.masterSession],
];

/** A JWS of our key over a payload that is not what JSON.stringify makes. */
function signedRaw(kit: Kit, payload: string | Buffer): string {
  const signed = `${encode(kit.header)}.${Buffer.from(payload).toString("base64url")}`;
  const how = { key: kit.key, dsaEncoding: "ieee-p1363" } as const;
  return `${signed}.${sign("sha256", Buffer.from(signed), how).toString("base64url")}`;
}

test.describe("a forged or broken JWT", () => {
  let trap: Server;
  let calls = 0;
  test.beforeAll(async () => {
    trap = createServer((_request, response) => {
      calls++;
      response.end("{}");
    });
    await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
  });
  test.afterAll(() => {
    trap.close();
  });

  test("is refused with 401 and introspected as {active: false}, and calls nobody", async ({
    api,
    server,
    tenant,
    createClient,
    jwtOf,
    post,
  }) => {
    const client = await createClient(tenant);
    const jwt = await jwtOf(client);
    const { header, payload } = partsOf(jwt);
    const { body: jwks } = await api("GET", "/.well-known/jwks.json");
    const { kty, crv, x, y } = jwks.keys.find(({ kid }: { kid: string }) => kid === header.kid);
    const kit: Kit = {
      jwt,
      header,
      payload,
      key: await privateKeyOf(server, header.kid),
      publicJwk: { kty, crv, x, y },
      stranger: generateKeyPairSync("ec", { namedCurve: "P-256" }),
      trap: `http://127.0.0.1:${(trap.address() as AddressInfo).port}`,
      masterSession: `${"eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0"}..${"x".repeat(16)}.${"y".repeat(90)}.${"z".repeat(22)}`,
    };
    // What the forger can do, done right, is accepted: the forgeries fail for what they change.
    expect((await api("GET", "/up/v5/verify", { token: ours(kit, {}) })).status).toBe(200);
    expect(await exportJWK(importKey(kit.publicJwk))).toEqual(kit.publicJwk);

    expect(forgeries.length).toBeGreaterThanOrEqual(25);
    for (const [what, forge] of forgeries) {
      const token = await forge(kit);
      await test.step(what, async () => {
        const verified = await api("GET", "/up/v5/verify", { token });
        expectError(verified, 401, "invalid_token");
        expect(verified.headers.get("www-authenticate")).toBe(
          'Bearer realm="ServiceBroker", error="invalid_token"',
        );
        const seen = await post("/oauth2/introspect", { token }, client);
        expect({ status: seen.status, text: seen.text }, what).toEqual({
          status: 200,
          text: '{"active":false}',
        });
      });
    }
    expect(calls).toBe(0);
    expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(200);
    expect(server.logs()).not.toMatch(/unexpected error/);
  });

  test("gains nothing from a good one that was shown often, and takes nothing from it", async ({
    api,
    server,
    client,
    jwtOf,
  }) => {
    const jwt = await jwtOf(client);
    const { header, payload } = partsOf(jwt);
    const [head, body, signature] = jwt.split(".") as [string, string, string];
    const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const another = signEs256(header, payload, await privateKeyOf(server, header.kid));
    const end = signature.slice(-12);
    const forged = [
      `${head}.${encode({ ...payload, scope: "tenants:manage" })}.${signature}`,
      `${head}.${body}.${another.split(".")[2]?.slice(0, -12)}${end}`,
      signEs256(header, payload, stranger).slice(0, -12) + end,
    ];
    for (let shown = 0; shown < 8; shown++) {
      expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(200);
      for (const token of forged) {
        expectError(await api("GET", "/up/v5/verify", { token }), 401, "invalid_token");
      }
    }
    expect((await api("GET", "/up/v5/verify", { token: another })).status).toBe(200);
  });

  test("within 5 s of skew of its times is good", async ({ api, server, client, jwtOf }) => {
    const { header, payload } = partsOf(await jwtOf(client));
    const key = await privateKeyOf(server, header.kid);
    for (const claims of [
      { iat: now() - 100, exp: now() - 2 },
      { iat: now() + 3, exp: now() + 60 },
      { nbf: now() + 3 },
    ]) {
      const token = signEs256(header, { ...payload, ...claims }, key);
      expect((await api("GET", "/up/v5/verify", { token })).status).toBe(200);
    }
  });
});
