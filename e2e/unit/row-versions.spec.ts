import { expect, test } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { CredentialMemory, type Known } from "@/db/queries/credential-memory";
import { verifyCredential } from "@/db/queries/verify";
import { generateSecret, hashSecret, hashSecretHex } from "@/lib/credentials/secret-format";
import { openDatabase } from "../support/in-process";

const database = openDatabase();
const verify = (secret: string) =>
  verifyCredential({ tokenHash: hashSecretHex(secret) }, "", (found) => found);

/** What verification asked last on each of its connections. */
const lastAsked = () =>
  database.query(async (sql) => {
    const rows = await sql<{ query: string }[]>`
      select query from pg_stat_activity
      where application_name = 'servicebroker-verify' and datname = current_database()
      order by state_change desc`;
    return rows[0]?.query ?? "";
  });

test.describe("what is known of a credential", () => {
  test("is taken again only after its rows were found unchanged", async () => {
    const { secret } = await database.tenant();
    const first = await verify(secret);
    expect(await lastAsked()).toContain("broker_verify_batch");
    expect(first?.outcome).toBe("accepted");
    expect(await verify(secret)).toBe(first);
    expect(await lastAsked()).toContain("xmin");
  });

  for (const [what, change, expected] of [
    ["a token's name", "update tokens set name = 'Other' where id = $1", { name: "Other" }],
    ["its scopes", "update tokens set scopes = '{a,b}' where id = $1", { scopes: "a b" }],
    ["its switch", "update tokens set active = false where id = $1", { outcome: "inactive" }],
    ["its end", "update tokens set revoked_at = now() where id = $1", { outcome: "revoked" }],
    [
      "an end in the past",
      "update tokens set revoke_at = now() - interval '1 s' where id = $1",
      { outcome: "overlap-ended" },
    ],
    [
      "its Tenant's status",
      "update tenants set status = 'suspended' where id = (select tenant_id from tokens where id = $1)",
      { outcome: "tenant-suspended" },
    ],
    [
      "its Tenant's AuthType",
      "update tenants set auth_type = 'JWT' where id = (select tenant_id from tokens where id = $1)",
      { outcome: "auth-type" },
    ],
  ] as const) {
    test(`holds no longer once ${what} has changed, whoever did it`, async () => {
      const { secret, tokenId } = await database.tenant();
      const other = await database.tenant();
      const before = await verify(secret);
      expect(await verify(secret)).toBe(before);
      await verify(other.secret);
      await database.query((sql) => sql.unsafe(change, [tokenId]));
      const [after, untouched] = await Promise.all([verify(secret), verify(other.secret)]);
      expect(after).toMatchObject({ credential_id: tokenId, ...expected });
      expect(untouched).toMatchObject({ credential_id: other.tokenId, outcome: "accepted" });
    });
  }

  test("is told to everyone who asks at once, whichever question is put", async () => {
    const { secret, tokenId } = await database.tenant();
    const other = await database.tenant();
    const ask = () => Promise.all([secret, other.secret, secret, secret].map(verify));
    const [first] = await ask();
    expect(first).toMatchObject({ credential_id: tokenId, outcome: "accepted" });
    const again = await ask();
    expect(again.map((each) => each?.credential_id)).toEqual([
      tokenId,
      other.tokenId,
      tokenId,
      tokenId,
    ]);
    expect(again[0]).toBe(first);
    // With an end to come the rule is asked in full, of a credential that is known.
    await database.query(
      (sql) => sql`update tokens set revoke_at = now() + interval '1 h' where id = ${tokenId}`,
    );
    await verify(secret);
    const full = await Promise.all([secret, secret].map(verify));
    expect(await lastAsked()).toContain("broker_verify_batch");
    expect(full.map((each) => each?.credential_id)).toEqual([tokenId, tokenId]);
  });

  test("holds while a change is not committed, and after it was rolled back", async () => {
    const { secret, tokenId } = await database.tenant();
    const before = await verify(secret);
    let during: unknown;
    await database.query(async (sql) => {
      await sql
        .begin(async (tx) => {
          await tx`update tokens set active = false where id = ${tokenId}`;
          during = await verify(secret);
          throw new Error("rolled back");
        })
        .catch((error: Error) => expect(error.message).toBe("rolled back"));
    });
    expect(during).toBe(before);
    expect(await verify(secret)).toBe(before);
  });

  test("ends with an overlap, although no row changes then", async () => {
    const { secret, tokenId } = await database.tenant();
    await verify(secret);
    await database.query(
      (sql) => sql`update tokens set revoke_at = now() + interval '700 ms' where id = ${tokenId}`,
    );
    expect((await verify(secret))?.outcome).toBe("accepted");
    await expect.poll(async () => (await verify(secret))?.outcome).toBe("overlap-ended");
  });

  test("is not confused with a row that comes to lie in its place", async () => {
    const { id } = await database.tenant();
    const tokens = Array.from({ length: 60 }, (_, n) => ({
      id: uuidv7(),
      name: `System ${n}`,
      secret: generateSecret("sbat_"),
    }));
    // In one transaction: their rows have the same xmin.
    await database.query((sql) =>
      sql.begin(async (tx) => {
        for (const token of tokens) {
          await tx`insert into tokens (id, tenant_id, name, token_hash, hint, scopes) values
            (${token.id}, ${id}, ${token.name}, ${hashSecret(token.secret)}, 'sbat_…', '{broker}')`;
        }
      }),
    );
    await Promise.all(tokens.map(({ secret }) => verify(secret)));
    const places = () =>
      database.query(
        (sql) => sql<{ place: string }[]>`
          select ctid::text as place from tokens where id = any(${tokens.map((t) => t.id)}) order by id`,
      );
    const before = await places();
    await database.query(async (sql) => {
      await sql`update tokens set active = false where id = any(${tokens.slice(0, 20).map((t) => t.id)})`;
      await sql`vacuum full tokens`;
    });
    const after = await places();
    const shared = after.filter(({ place }) => before.some((one) => one.place === place));
    expect(shared.length).toBeGreaterThan(20);
    // One by one: what is known of one is not made to be read again by what changed of another.
    const found = [];
    for (const { secret } of tokens) found.push(await verify(secret));
    expect(found.map((one) => [one?.name, one?.outcome])).toEqual(
      tokens.map(({ name }, n) => [name, n < 20 ? "inactive" : "accepted"]),
    );
  });

  test("of a client holds for all of its JWTs but the revoked", async () => {
    const { id } = await database.tenant();
    const client = uuidv7();
    await database.query(
      (sql) => sql`insert into clients (id, tenant_id, client_id, name, scopes)
        values (${client}, ${id}, 'sbcl_versions', 'System', '{broker}')`,
    );
    const shown = (jti: string) =>
      verifyCredential({ clientId: "sbcl_versions", jti }, "", (found) => found);
    const [one, two] = [uuidv7(), uuidv7()];
    const first = await shown(one);
    expect(first?.outcome).toBe("accepted");
    expect(await shown(two)).toBe(first);
    expect(await lastAsked()).toContain("xmin");
    await database.query(
      (sql) => sql`insert into revoked_jwts (jti, tenant_id, expires_at)
        values (${two}, ${id}, now() + interval '1 h')`,
    );
    const found = await Promise.all([one, two, uuidv7()].map(shown));
    expect(found.map((each) => each?.outcome)).toEqual(["accepted", "jti-revoked", "accepted"]);
    await database.query((sql) => sql`update clients set active = false where id = ${client}`);
    expect((await shown(one))?.outcome).toBe("inactive");
  });
});

test.describe("the memory of credentials", () => {
  const known = { words: "", versions: null, age: 0 } as unknown as Known;

  test("forgets everything when it meets a server that it didn't know", () => {
    const memory = new CredentialMemory();
    memory.meet("one");
    memory.put("a", known);
    memory.meet("one");
    expect(memory.get("a")).toBe(known);
    memory.meet("two");
    expect(memory.get("a")).toBeUndefined();
    memory.put("a", known);
    memory.meet("one");
    expect(memory.get("a")).toBe(known);
  });

  test("is bounded, and keeps those that were asked for", () => {
    const memory = new CredentialMemory();
    memory.put("asked for", known);
    for (let n = 0; n < 120_000; n++) {
      memory.put(`credential ${n}`, known);
      if (n % 1_000 === 0) expect(memory.get("asked for")).toBe(known);
    }
    expect(memory.get("credential 0")).toBeUndefined();
    expect(memory.get("credential 119999")).toBe(known);
  });
});
