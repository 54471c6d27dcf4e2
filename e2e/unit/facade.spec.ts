import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import { integer, PgDialect, pgTable, text } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { createFacade, type Facade } from "@/db/facade";
import { findDatabaseUnavailable } from "@/db/unavailable";
import { freeze } from "../support/freeze";
import { gate } from "../support/gate";
import { startPostgres, type TestPostgres } from "../support/postgres";
import { startSlowLine } from "../support/slow-line";

const notes = pgTable("notes", { id: integer().primaryKey(), body: text() });

let server: TestPostgres;
let facade: Facade;
let db: PostgresJsDatabase;

test.beforeAll(async () => {
  server = await startPostgres();
});
test.afterAll(() => server.kill());

test.beforeEach(async () => {
  facade = createFacade(server.url(), { max: 4, deadlineMs: 500 });
  db = drizzle(facade);
  await db.execute(sql`drop table if exists notes`);
  await db.execute(sql`create table notes (id int primary key, body text)`);
});
test.afterEach(() => facade.end({ timeout: 1 }));

/** What a failed piece of work says about the database. */
async function failureOf(work: PromiseLike<unknown>) {
  const error = await Promise.resolve(work).then(
    () => expect("the work").toBe("failing"),
    (e: unknown) => e,
  );
  return findDatabaseUnavailable(error);
}

const ids = async () => (await db.select().from(notes).orderBy(notes.id)).map(({ id }) => id);

test.describe("a facade under Drizzle", () => {
  test("commits, rolls back, and undoes a savepoint alone", async () => {
    await db.transaction(async (tx) => {
      await tx.insert(notes).values({ id: 1 });
      const inner = tx.transaction(async (savepoint) => {
        await savepoint.insert(notes).values({ id: 2 });
        throw new Error("undo this part");
      });
      await expect(inner).rejects.toThrow("undo this part");
      await tx.insert(notes).values({ id: 3 });
    });
    const failing = db.transaction(async (tx) => {
      await tx.insert(notes).values({ id: 4 });
      throw new Error("undo it all");
    });
    await expect(failing).rejects.toThrow("undo it all");
    expect(await ids()).toEqual([1, 3]);
  });

  test("passes on an error that is the statement's own", async () => {
    await db.insert(notes).values({ id: 1 });
    const error = await db
      .insert(notes)
      .values({ id: 1 })
      .catch((e: Error) => e);
    expect(error).toMatchObject({ cause: { code: "23505" } });
    expect(findDatabaseUnavailable(error)).toBeUndefined();
    expect(facade.replacements()).toBe(0);
  });

  test("prepares a statement anew once its table has changed", async () => {
    const read = (id: number) =>
      facade.unsafe("select * from notes where id = $1", [id], { prepare: true });
    await db.insert(notes).values({ id: 1, body: "kept" });
    expect([...(await read(1))]).toEqual([{ id: 1, body: "kept" }]);
    await db.execute(sql`alter table notes add column more text default 'new'`);
    // Each connection has prepared it, or does so now.
    for (let i = 0; i < 8; i++) {
      expect([...(await read(1))]).toEqual([{ id: 1, body: "kept", more: "new" }]);
    }
    expect(facade.replacements()).toBe(0);
  });

  test("keeps prepared in transactions what it is told to, and nothing else", async () => {
    const kept = sql`select set_config('test.word', ${"here"}, true) as word`;
    const other = createFacade(server.url(), {
      max: 1,
      kept: new Set([new PgDialect().sqlToQuery(kept).sql]),
    });
    const transact = () =>
      drizzle(other).transaction(async (tx) => {
        expect([...(await tx.execute(kept))]).toEqual([{ word: "here" }]);
        await tx.select().from(notes).where(eq(notes.id, 1));
        return [
          ...(await tx.execute(sql`select statement, generic_plans + custom_plans as uses
          from pg_prepared_statements where statement <> 'commit'`)),
        ];
      });
    const statement = "select set_config('test.word', $1, true) as word";
    try {
      expect(await transact()).toEqual([{ statement, uses: "1" }]);
      expect(await transact()).toEqual([{ statement, uses: "2" }]);
    } finally {
      await other.end();
    }
  });

  test("answers several statements in one text one by one", async () => {
    const answers = await facade.unsafe("select 1 as a; select 2 as b");
    expect(answers.map((rows) => [...(rows as unknown as unknown[])])).toEqual([
      [{ a: 1 }],
      [{ b: 2 }],
    ]);
  });

  test("a statement that the server cancels is unavailable, and surely undone", async () => {
    const slow = db.execute(sql`insert into notes select 1 from pg_sleep(30)`);
    expect(await failureOf(slow)).toMatchObject({ outcomeUnknown: false });
    expect(await ids()).toEqual([]);
  });

  test("a locked table is unavailable, and answers once it is unlocked", async () => {
    const other = createFacade(server.url(), { max: 1, deadlineMs: 10_000 });
    const locked = gate();
    const unlock = gate();
    const holding = other.begin(async (tx) => {
      await tx.unsafe("lock table notes");
      locked.open();
      await unlock.opened;
    });
    await locked.opened;
    expect(await failureOf(db.insert(notes).values({ id: 1 }))).toMatchObject({
      outcomeUnknown: false,
    });
    unlock.open();
    await holding;
    await other.end();
    await db.insert(notes).values({ id: 1 });
    expect(await ids()).toEqual([1]);
  });
});

test.describe("a transaction that lost its connection", () => {
  test("writes nothing afterwards, on no connection", async () => {
    const lost = gate();
    const secondAttempt = gate<unknown>();
    const transaction = db.transaction(async (tx) => {
      await tx.insert(notes).values({ id: 1 });
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await db.execute(sql`select pg_terminate_backend(${row?.pid})`);
      await lost.opened;
      await tx.insert(notes).values({ id: 2 }).then(secondAttempt.open, secondAttempt.open);
    });
    expect(await failureOf(transaction)).toMatchObject({ outcomeUnknown: false });
    lost.open();
    expect(findDatabaseUnavailable(await secondAttempt.opened)).toBeDefined();
    await Promise.all(Array.from({ length: 20 }, () => db.execute(sql`select 1`)));
    expect(await ids()).toEqual([]);
  });

  test("is over at its deadline, and undone", async () => {
    const transaction = db.transaction(async (tx) => {
      for (let id = 1; ; id++) {
        await tx.insert(notes).values({ id });
        await sleep(50);
      }
    });
    expect(await failureOf(transaction)).toMatchObject({ outcomeUnknown: false });
    await expect.poll(ids).toEqual([]);
  });
});

test.describe("a database that is gone", () => {
  test("frozen: every call ends, a write with its outcome unknown; thawed: it goes on", async () => {
    await ids();
    const thaw = freeze(server.pid);
    const [read, write, transaction] = await Promise.all([
      failureOf(db.select().from(notes)),
      failureOf(db.insert(notes).values({ id: 1 })),
      failureOf(db.transaction((tx) => tx.insert(notes).values({ id: 2 }))),
    ]);
    thaw();
    expect(read).toMatchObject({ outcomeUnknown: false });
    expect(write).toMatchObject({ outcomeUnknown: true });
    expect(transaction).toMatchObject({ outcomeUnknown: false });
    await expect
      .poll(() =>
        db
          .insert(notes)
          .values({ id: 3 })
          .then(
            () => true,
            () => false,
          ),
      )
      .toBe(true);
    expect(await ids()).not.toContain(2);
  });

  test("stopped: refused at once, surely undone; started: it goes on", async () => {
    await server.stop();
    expect(await failureOf(db.insert(notes).values({ id: 1 }))).toMatchObject({
      outcomeUnknown: false,
    });
    await server.start();
    await expect.poll(() => ids().catch(() => "still down")).toEqual([]);
  });

  test("connecting may outlast a deadline: it is not begun again and again", async () => {
    const line = await startSlowLine(server.port);
    const url = new URL(server.url());
    url.port = String(line.port);
    const far = createFacade(url.href, { max: 2, deadlineMs: 300 });
    try {
      line.delay(80);
      await expect
        .poll(() => Promise.resolve(far.unsafe("select 1")).then(Boolean, () => false))
        .toBe(true);
    } finally {
      await far.end({ timeout: 0 });
      await line.end();
    }
  });

  test("a proxy that closes every connection is not stormed", async () => {
    let connections = 0;
    const proxy = net.createServer((socket) => {
      connections++;
      socket.on("error", () => {}).resume();
      socket.end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as net.AddressInfo;
    const behind = createFacade(`postgres://a:b@127.0.0.1:${port}/c`, { max: 4, deadlineMs: 500 });
    expect(await failureOf(behind.unsafe("select 1"))).toBeDefined();
    await behind.end({ timeout: 0 });
    proxy.close();
    expect(connections).toBeLessThan(50);
  });
});
