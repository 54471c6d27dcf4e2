import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { exportJWK, generateKeyPair } from "jose";
import postgres from "postgres";
import { inTenant } from "@/db/client";
import { type ChainHead, lockChain } from "@/db/queries/audit";
import { listActors } from "@/lib/audit/actors";
import { hashOfEvent } from "@/lib/audit/chain";
import { signChains } from "@/lib/audit/checkpoints";
import { exportEvents } from "@/lib/audit/export";
import { signCompact, signHead } from "@/lib/audit/head";
import { listEvents } from "@/lib/audit/list";
import { verifyChains } from "@/lib/audit/verify";
import { verifyExport } from "@/lib/audit/verify-export";
import { cliPrincipal } from "@/lib/principal";
import { ensureMasterTenant } from "@/lib/provisioning/first-run";
import { updateToken } from "@/lib/tokens/update";
import { openDatabase, service } from "../support/in-process";

const database = openDatabase();
test.beforeAll(() => ensureMasterTenant());

/** A Tenant with a chain of seven events that has been signed, the last one a rename. */
async function signedTenant() {
  const { id: tenantId, tokenId } = await database.tenant();
  for (let i = 0; i < 5; i++) {
    await updateToken(service, { tenantId, tokenId, name: `Renamed ${i}` });
  }
  while ((await signChains()) > 0);
  return { tenantId, tokenId };
}

const exported = async (tenantId: string, format: "csv" | "ndjson" = "ndjson", filter = {}) =>
  new Response(await exportEvents(service, { tenantId, format, ...filter })).text();

async function* linesOf(text: string) {
  yield* text.split("\n");
}
const check = async (text: string) => (await verifyExport(linesOf(text))).report;

/** RFC 4180: rows of cells. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}

/** What somebody with all rights in the database can do; `t` is the Tenant. */
const tampering: [string, (sql: postgres.Sql, t: string) => Promise<unknown>, number, string][] = [
  [
    "edited",
    (sql, t) =>
      sql`update audit_events set actor_name = 'somebody else' where tenant_id = ${t} and sequence = 3`,
    3,
    "edited",
  ],
  [
    "edited in what it says of the change",
    (sql, t) =>
      sql`update audit_events set after = '{"name": "Another"}' where tenant_id = ${t} and sequence = 4`,
    4,
    "edited",
  ],
  [
    "removed",
    (sql, t) => sql`delete from audit_events where tenant_id = ${t} and sequence = 4`,
    4,
    "removed",
  ],
  [
    "swapped with the next",
    (sql, t) =>
      sql`
      update audit_events set sequence = case sequence when 3 then 1004 when 4 then 1003 end where tenant_id = ${t} and sequence in (3, 4)`.then(
        () =>
          sql`update audit_events set sequence = sequence - 1000 where tenant_id = ${t} and sequence > 1000`,
      ),
    3,
    "edited",
  ],
  [
    "the first of a tail that was cut off",
    (sql, t) => sql`delete from audit_events where tenant_id = ${t} and sequence > 5`,
    6,
    "cut-off",
  ],
  [
    "the first of a tail that was cut off, the chain's end moved with it",
    (sql, t) =>
      sql`with cut as (delete from audit_events where tenant_id = ${t} and sequence > 5)
        update audit_chains c set sequence = 5, hash = e.hash from audit_events e
        where c.tenant_id = ${t} and e.tenant_id = ${t} and e.sequence = 5`,
    6,
    "cut-off",
  ],
];

test.describe("audit verify, from the database", () => {
  test("a chain that nobody touched is sound", async () => {
    const { tenantId } = await signedTenant();
    expect(await verifyChains(service, { tenantId })).toEqual({
      ok: true,
      events: 7,
      firstBad: null,
    });
    expect(await verifyChains(service, {})).toMatchObject({ ok: true, firstBad: null });
  });

  for (const [what, tamper, sequence, reason] of tampering) {
    test(`names an event that was ${what}`, async () => {
      const { tenantId } = await signedTenant();
      await database.query((sql) => tamper(sql, tenantId));
      const { ok, firstBad } = await verifyChains(service, { tenantId });
      expect({ ok, ...firstBad }).toMatchObject({ ok: false, tenantId, sequence, reason });
    });
  }

  test("a chain that was written anew and signed by a key of the forger's own is not believed", async () => {
    const { tenantId } = await signedTenant();
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const sign = async (payload: Uint8Array, typ: string) => ({
      kid: "forged",
      jws: await signCompact(payload, { kid: "forged", privateKey }, typ),
    });
    const events = await listEvents(service, { tenantId, limit: 10 });
    let previousHash = "0".repeat(64);
    await database.query(async (sql) => {
      for (const { hash: _, ...event } of events.toReversed()) {
        const forged = { ...event, actor: { ...event.actor, name: "somebody else" }, previousHash };
        const hash = hashOfEvent(forged);
        await sql`update audit_events set actor_name = 'somebody else', previous_hash = ${Buffer.from(previousHash, "hex")}, hash = ${hash} where id = ${event.id}`;
        previousHash = hash.toString("hex");
      }
      const hash = Buffer.from(previousHash, "hex");
      await sql`update audit_chains set hash = ${hash} where tenant_id = ${tenantId}`;
      expect((await verifyChains(service, { tenantId })).firstBad?.sequence).toBe(7);
      const signedAt = new Date().toISOString();
      const head = await signHead({ tenantId, sequence: 7, hash: previousHash, signedAt }, sign);
      await sql`insert into signing_keys (kid, public_jwk, private_ciphertext, signs_from) values ('forged', ${sql.json((await exportJWK(publicKey)) as never)}, ${Buffer.alloc(200)}, now() + interval '1 year')`;
      await sql`update audit_checkpoints set hash = ${hash}, kid = 'forged', signature = ${head.signature} where tenant_id = ${tenantId}`;
    });
    const report = await verifyChains(service, { tenantId });
    await database.query((sql) => sql`delete from signing_keys where kid = 'forged'`);
    expect(report).toMatchObject({ ok: false, firstBad: { sequence: 7, reason: "unsigned" } });
  });

  test("a chain that has lost what was signed is not signed again", async () => {
    const { tenantId, tokenId } = await signedTenant();
    await database.query(
      (sql) => sql`
      with cut as (delete from audit_events where tenant_id = ${tenantId} and sequence > 5)
      update audit_chains c set sequence = 5, hash = e.hash from audit_events e
      where c.tenant_id = ${tenantId} and e.tenant_id = ${tenantId} and e.sequence = 5`,
    );
    for (let i = 0; i < 4; i++)
      await updateToken(service, { tenantId, tokenId, name: `Late ${i}` });
    await signChains();
    const signed = await database.query(
      (sql) =>
        sql`select max(sequence)::int as n from audit_checkpoints where tenant_id = ${tenantId}`,
    );
    expect(signed[0]?.n).toBe(7);
    expect(await verifyChains(service, { tenantId })).toMatchObject({
      ok: false,
      firstBad: { sequence: 7, reason: "edited" },
    });
  });
});

test.describe("audit verify, from an export", () => {
  for (const [what, tamper, sequence, reason] of tampering.slice(0, 4)) {
    test(`names an event that was ${what} in the database`, async () => {
      const { tenantId } = await signedTenant();
      await database.query((sql) => tamper(sql, tenantId));
      const { ok, firstBad } = await check(await exported(tenantId));
      expect({ ok, ...firstBad }).toMatchObject({ ok: false, sequence, reason });
    });
  }

  test("an export that nobody touched is sound, and says which key signed it", async () => {
    const { tenantId } = await signedTenant();
    const text = await exported(tenantId);
    const { report, kid } = await verifyExport(linesOf(text));
    // The export is an event itself.
    expect(report).toEqual({ ok: true, events: 8, firstBad: null });
    const { Keys } = JSON.parse(text.trimEnd().split("\n").at(-1) as string).Export;
    expect(Keys.keys.map((key: { kid: string }) => key.kid)).toContain(kid);
    expect((await verifyExport(linesOf(text), Keys.keys)).report.ok).toBe(true);
    expect((await verifyExport(linesOf(text), [])).report).toMatchObject({
      ok: false,
      firstBad: { reason: "unsigned" },
    });
  });

  const edits: [string, (lines: string[]) => string[], number, string][] = [
    [
      "an edited line",
      (lines) =>
        lines.map((line, at) => (at === 2 ? line.replace("Renamed 0", "Renamed 9") : line)),
      3,
      "edited",
    ],
    ["a line left out", (lines) => lines.filter((_, at) => at !== 3), 4, "removed"],
    ["two lines swapped", ([a, b, ...rest]) => [b as string, a as string, ...rest], 1, "removed"],
    ["a line twice", (lines) => [...lines.slice(0, 3), ...lines.slice(2)], 3, "out-of-order"],
    [
      "the last events left out",
      (lines) => [...lines.slice(0, 6), ...lines.slice(-1)],
      7,
      "cut-off",
    ],
    ["the end left out", (lines) => lines.slice(0, 6), 7, "cut-off"],
    [
      "a line that is no event",
      (lines) => [...lines.slice(0, 4), "{}", ...lines.slice(4)],
      5,
      "unreadable",
    ],
  ];
  for (const [what, edit, sequence, reason] of edits) {
    test(`finds ${what}`, async () => {
      const { tenantId } = await signedTenant();
      const lines = (await exported(tenantId)).trimEnd().split("\n");
      expect(await check(edit(lines).join("\n"))).toMatchObject({
        ok: false,
        firstBad: { sequence, reason },
      });
    });
  }

  test("a filtered export is told from a complete one", async () => {
    const { tenantId } = await signedTenant();
    const text = await exported(tenantId, "ndjson", { action: "token.renamed" });
    expect(text.trimEnd().split("\n")).toHaveLength(6);
    expect(await check(text)).toMatchObject({ ok: false, firstBad: { reason: "filtered" } });
  });
});

test.describe("exports and pages", () => {
  test("no cell of a CSV export is a formula, and every label survives", async () => {
    const { id: tenantId, tokenId } = await database.tenant();
    const names = ['=HYPERLINK("https://evil.example")', "+1", "-1", "@SUM(A1)", 'a "b", c', "Ü…"];
    for (const name of names) await updateToken(service, { tenantId, tokenId, name });
    const text = await exported(tenantId, "csv");
    const [header, ...rows] = cellsOf(text) as [string[], ...string[][]];
    expect(rows).toHaveLength(9);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const labels = rows.map((row) => row[header.indexOf("TargetName")]?.replace(/^'/, ""));
    expect(labels.slice(2, 8)).toEqual(names);
  });

  test("pages are as the filters say, without a gap or a repeat", async () => {
    const { tenantId, tokenId } = await signedTenant();
    const all = await listEvents(service, { tenantId });
    expect(all.map((event) => event.sequence)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    const first = await listEvents(service, { tenantId, limit: 3 });
    const second = await listEvents(service, { tenantId, limit: 3, after: first[2]?.id });
    expect([...first, ...second]).toEqual(all.slice(0, 6));
    const sequences = async (filter: object) =>
      (await listEvents(service, { tenantId, ...filter })).map((event) => event.sequence);
    expect(await sequences({ action: "token.issued" })).toEqual([2]);
    expect(await sequences({ target: tokenId })).toEqual([7, 6, 5, 4, 3, 2]);
    expect(await sequences({ actor: tokenId })).toEqual([]);
    const from = all[3]?.occurredAt;
    const to = all[1]?.occurredAt;
    const between = all.filter((e) => e.occurredAt >= (from ?? "") && e.occurredAt < (to ?? ""));
    expect(await sequences({ from, to })).toEqual(between.map((event) => event.sequence));
    expect(await sequences({ from: "2100-01-01T00:00:00.000Z" })).toEqual([]);
    expect(await sequences({ to: "2000-01-01T00:00:00.000Z" })).toEqual([]);
  });
});

test.describe("the application's own role", () => {
  for (const role of ["broker_tenant", "broker_platform"]) {
    for (const statement of [
      "update audit_events set actor_name = 'x'",
      "delete from audit_events",
      "truncate audit_events",
      "update audit_checkpoints set sequence = 1",
      "delete from audit_checkpoints",
      "delete from audit_chains",
      "alter table audit_events disable trigger all",
      "drop table audit_events cascade",
    ]) {
      test(`${role} can't ${statement}`, async () => {
        const sql = postgres(database.url(), { max: 1 });
        const attempt = sql.begin(async (tx) => {
          await tx`select set_config('role', ${role}, true)`;
          await tx.unsafe(statement);
        });
        await expect(attempt).rejects.toMatchObject({ code: "42501" });
        await sql.end();
      });
    }
  }
});

test("an event's time is read once its turn has come, though the one before it was given up", async () => {
  const { id: tenantId } = await database.tenant();
  const waiting = () =>
    database.query(async (sql) => {
      const found = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
          and query like '%audit_chains%'`;
      return found.count;
    });
  let next: Promise<ChainHead> | undefined;
  let givenUpAt = new Date(0);
  const givenUp = inTenant(tenantId, async (tx) => {
    await lockChain(tx, tenantId);
    next = inTenant(tenantId, (other) => lockChain(other, tenantId));
    // Awaited below, if the wait for it does not fail first.
    next.catch(() => {});
    await expect.poll(waiting, { intervals: [20] }).toBe(1);
    const [row] = await tx.execute<{ now: string }>(sql`select clock_timestamp() as now`);
    givenUpAt = new Date(row?.now ?? "");
    throw new Error("given up");
  });
  await expect(givenUp).rejects.toThrow("given up");
  expect((await next)?.now.getTime()).toBeGreaterThanOrEqual(givenUpAt.getTime());
});

test("a change whose audit event can't be written leaves nothing behind", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  await database.query(async (sql) => {
    await sql`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`;
    await sql`create trigger refuse before insert on audit_events for each row execute function refuse()`;
  });
  const renaming = updateToken(service, { tenantId, tokenId, name: "Never" });
  await expect(renaming).rejects.toThrow();
  await expect(database.tenant()).rejects.toThrow();
  const rows = await database.query(async (sql) => {
    await sql`drop trigger refuse on audit_events`;
    return sql`select
      (select name from tokens where id = ${tokenId}) as name,
      (select count(*)::int from audit_events where tenant_id = ${tenantId}) as events,
      (select count(*)::int from tenants n where not exists (select from audit_events e where e.tenant_id = n.id)) as unpaired`;
  });
  expect(rows[0]).toEqual({ name: "Default token", events: 2, unpaired: 0 });
});

test("who changed something can be asked for by type where it has no id", async () => {
  const { id: tenantId, tokenId } = await database.tenant();
  await updateToken(cliPrincipal("somebody", "cli-1"), { tenantId, tokenId, name: "Renamed" });
  const actors = await listActors(service, { tenantId });
  expect(actors).toEqual([
    { id: "cli", type: "cli", name: "somebody" },
    { id: "service", type: "service", name: "test" },
  ]);
  const of = async (actor: string) =>
    (await listEvents(service, { tenantId, actor, limit: 10 })).map((event) => event.action);
  expect(await of("cli")).toEqual(["token.renamed"]);
  expect(await of("service")).not.toContain("token.renamed");
});
