import assert from "node:assert/strict";
import { test } from "@playwright/test";
import fc from "fast-check";
import { z } from "zod";
import { oddText } from "@/e2e/support/open-api";
import { canonicalJson, hashOfEvent } from "@/lib/audit/chain";
import { ChainCheck } from "@/lib/audit/chain-check";
import { bearerOf } from "@/lib/credentials/bearer";
import { generateSecret, isWellFormed } from "@/lib/credentials/secret-format";
import { encodeExtValue, wantedScopes } from "@/lib/credentials/verified-answer";
import { isAppError, statusByCode } from "@/lib/errors";
import { clientAddress, parseProxies } from "@/lib/http/address";
import { type Call, requestIdOf } from "@/lib/http/call";
import { readJson, readQuery } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { sourceOf } from "@/lib/limits/bad-credentials";
import { seal, unseal } from "@/lib/secret-key";
import { label } from "@/lib/text";

const RUNS = 2_000;
const options = { numRuns: RUNS };
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });

const callWith = (
  given: Partial<{ target: string; body: Buffer; authorization: string }>,
): Call => ({
  method: "POST",
  target: given.target ?? "/",
  header: (name) => (name === "content-type" ? "application/json" : (given.authorization ?? null)),
  readBody: async () => given.body ?? Buffer.alloc(0),
  address: null,
  requestId: "fuzz",
});

/** Runs a parser: its result, or an error of ours whose status says that the caller is to blame. */
async function outcomeOf(run: () => unknown): Promise<unknown> {
  try {
    return { result: await run() };
  } catch (error) {
    if (!isAppError(error)) throw error;
    assert.ok(statusByCode[error.code] < 500);
    return { refused: error.code };
  }
}

test.describe("whatever it is given", () => {
  test("the format of secrets takes what was made and nothing that differs", () => {
    const secret = bytes(32).map((random) => generateSecret("sbat_", Buffer.from(random)));
    fc.assert(
      fc.property(
        secret,
        fc.nat(53),
        fc.string({ minLength: 1, maxLength: 1 }),
        (made, at, char) => {
          assert.match(made, /^sbat_[0-9A-Za-z]{49}$/);
          assert.equal(isWellFormed(made, "sbat_"), true);
          assert.equal(isWellFormed(made, "sbcs_"), false);
          const changed = made.slice(0, at) + char + made.slice(at + 1);
          assert.equal(isWellFormed(changed, "sbat_"), changed === made);
          assert.equal(isWellFormed(made.slice(0, at), "sbat_"), false);
        },
      ),
      options,
    );
    fc.assert(
      fc.property(oddText(), (text) => assert.equal(isWellFormed(text, "sbat_"), false)),
      options,
    );
  });

  test("the Authorization header yields a token or a refusal", async () => {
    const schemes = fc.constantFrom("Bearer ", "bearer  ", "BEARER secret-token:", "Basic ", "");
    await fc.assert(
      fc.asyncProperty(schemes, oddText(), oddText(), async (scheme, token, query) => {
        const call = callWith({ authorization: scheme + token, target: `/x?${query}` });
        const outcome = (await outcomeOf(() => bearerOf(call))) as { result?: string };
        if (outcome.result !== undefined) assert.ok(outcome.result.length <= 8192);
      }),
      options,
    );
  });

  test("a query and its scopes are read or refused, and never end a header", async () => {
    const schema = z.strictObject({ limit: z.coerce.number().int().optional() });
    await fc.assert(
      fc.asyncProperty(fc.oneof(oddText(), fc.webQueryParameters()), async (query) => {
        const call = callWith({ target: `/x?${query}` });
        await outcomeOf(() => readQuery(call, schema));
        const scopes = callWith({
          target: `/x?scope=${encodeURIComponent(Buffer.from(query).toString())}`,
        });
        const { result } = (await outcomeOf(() => wantedScopes(scopes))) as { result?: string[] };
        for (const scope of result ?? []) assert.match(scope, /^[\x21\x23-\x5b\x5d-\x7e]+$/);
      }),
      options,
    );
  });

  test("a body of bytes is refused or read as what it is", async () => {
    const anything = z.unknown();
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((body) => Buffer.from(body)),
      fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
      fc.nat(80).map((depth) => Buffer.from("[".repeat(depth) + "]".repeat(depth))),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const outcome = await outcomeOf(() => readJson(callWith({ body }), anything));
        const { result } = outcome as { result?: unknown };
        if (!("result" in (outcome as object))) return;
        assert.deepEqual(result, JSON.parse(body.toString()));
      }),
      options,
    );
  });

  test("a request id goes into a header as it is or not at all", () => {
    fc.assert(
      fc.property(oddText(), (text) => {
        assert.match(requestIdOf(text), /^[A-Za-z0-9._-]{1,128}$/);
      }),
      options,
    );
  });

  test("an id of a path names a UUID or nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(oddText(), fc.uuid()), async (text) => {
        const outcome = (await outcomeOf(() => idFromPath(text, "token"))) as { result?: string };
        if (outcome.result)
          assert.match(outcome.result, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      }),
      options,
    );
  });

  test("X-Forwarded-For changes nothing unless the peer is a proxy", () => {
    const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), oddText());
    const proxies = parseProxies("10.0.0.0/8, fd00::/8");
    fc.assert(
      fc.property(addresses, fc.array(addresses, { maxLength: 4 }), (peer, hops) => {
        const forwarded = hops.join(", ");
        const found = clientAddress(peer, forwarded, proxies);
        const isProxy = /^(::ffff:)?10\.|^f[d]/i.test(peer);
        if (!isProxy) assert.equal(found, clientAddress(peer, undefined, []));
        if (found) assert.doesNotThrow(() => sourceOf(found));
      }),
      options,
    );
  });

  test("a label that is taken holds no control character, and survives a header", () => {
    fc.assert(
      fc.property(oddText(), (text) => {
        const { data } = label.safeParse(text);
        if (data === undefined) return;
        assert.doesNotMatch(data, /\p{Cc}/u);
        assert.match(encodeExtValue(data), /^UTF-8''[\x21-\x7e]*$/);
        assert.equal(decodeURIComponent(encodeExtValue(data).slice(7)), data);
      }),
      options,
    );
  });

  test("what is sealed opens under its own key and context alone, unchanged", () => {
    fc.assert(
      fc.property(
        bytes(32),
        fc.uint8Array({ maxLength: 100 }),
        fc.string(),
        fc.nat(),
        (key, plain, context, at) => {
          const sealed = seal(Buffer.from(plain), Buffer.from(key), context);
          assert.deepEqual(unseal(sealed, Buffer.from(key), context), Buffer.from(plain));
          assert.throws(() => unseal(sealed, Buffer.from(key), `${context}!`));
          const changed = Buffer.from(sealed);
          const index = at % changed.length;
          changed[index] = (changed[index] as number) ^ 1;
          assert.throws(() => unseal(changed, Buffer.from(key), context));
        },
      ),
      options,
    );
  });
});

test.describe("the audit chain", () => {
  test("canonical JSON is the same whatever the order of keys, and loses nothing", () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, shuffled(item)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        assert.equal(canonicalJson(shuffled(value)), text);
        assert.equal(canonicalJson(JSON.parse(text)), text);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      }),
      options,
    );
  });

  const tenantId = "018f0000-0000-7000-8000-000000000000";
  const texts = fc.array(
    fc.record({ name: oddText(), action: fc.constantFrom("token.issued", "token.revoked") }),
    {
      minLength: 2,
      maxLength: 6,
    },
  );
  const chainOf = (entries: { name: string; action: string }[]) => {
    let previousHash = "0".repeat(64);
    return entries.map(({ name, action }, index) => {
      const event = {
        id: `018f0000-0000-7000-8000-${String(index).padStart(12, "0")}`,
        tenantId,
        sequence: index + 1,
        occurredAt: new Date(index).toISOString(),
        actor: { type: "system" as const, id: "x", name },
        action,
        target: { type: "token", id: "t", name },
        before: null,
        after: { name },
        origin: { address: null, userAgent: name, requestId: "r" },
        previousHash,
      };
      previousHash = hashOfEvent(event).toString("hex");
      return { ...event, hash: previousHash };
    });
  };
  const holds = (chain: ReturnType<typeof chainOf>) => {
    const check = new ChainCheck(tenantId);
    for (const event of chain) check.add(event as Parameters<ChainCheck["add"]>[0]);
    return check.report.ok;
  };

  test("holds as it was written, and shows any event edited, left out, moved or put in", () => {
    fc.assert(
      fc.property(texts, fc.nat(), oddText(), (entries, dice, other) => {
        const chain = chainOf(entries);
        assert.equal(holds(chain), true);
        const at = dice % chain.length;
        const event = chain[at] as (typeof chain)[number];
        const edited = chain.with(at, {
          ...event,
          after: { name: `${other}!${event.after.name}` },
        });
        assert.equal(holds(edited), false);
        const renamed = { ...event, actor: { ...event.actor, id: "y" } };
        assert.equal(holds(chain.with(at, renamed)), false);
        const rehashed = { ...renamed, hash: hashOfEvent(renamed).toString("hex") };
        if (at < chain.length - 1) {
          assert.equal(holds(chain.with(at, rehashed)), false);
          assert.equal(holds(chain.toSpliced(at, 1)), false);
          assert.equal(holds(chain.toSpliced(at, 2, chain[at + 1] as typeof event, event)), false);
        }
        assert.equal(holds(chain.toSpliced(at, 0, event)), false);
      }),
      options,
    );
  });
});
