import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { expect } from "@playwright/test";
import { openEmbeddedDatabase } from "@/db/embedded";
import { isRoot, runUserFor } from "@/db/embedded/run-user";
import { createFacade } from "@/db/facade";
import { query } from "../support/database";
import { clusterOf, openElsewhere, placeOf, serverPid, test } from "../support/embedded";
import { killServer } from "../support/leftovers";

const remember = (url: string, word: string) =>
  query(url, async (sql) => {
    await sql`create table if not exists words (word text)`;
    await sql`insert into words values (${word})`;
  });
const remembered = (url: string) =>
  query(url, async (sql) => (await sql`select word from words`).map(({ word }) => word));

test.describe("the embedded database", () => {
  test("is PostgreSQL, stops with its user, and is there again with data and address", async ({
    dataDir,
  }) => {
    const first = await openEmbeddedDatabase({ dataDir });
    await remember(first.url, "kept");
    await first.release();
    expect(serverPid(dataDir)).toBeUndefined();

    const second = await openEmbeddedDatabase({ dataDir });
    expect(second.url).toBe(first.url);
    expect(await remembered(second.url)).toEqual(["kept"]);
    await second.release();
  });

  test("takes its password only, which nobody else can read", async ({ dataDir }) => {
    const database = await openEmbeddedDatabase({ dataDir });
    expect(statSync(path.join(placeOf(dataDir), "password")).mode & 0o777).toBe(0o600);
    expect(statSync(clusterOf(dataDir)).mode & 0o777).toBe(0o700);
    const guess = new URL(database.url);
    guess.password = "broker";
    const refused = await query(guess.href, (sql) => sql`select 1`).catch((e: Error) => e);
    expect(refused).toMatchObject({ code: "28P01" });
    await database.release();
  });

  test("of two folders is two servers", async ({ newDataDir }) => {
    const [one, other] = [newDataDir(), newDataDir()];
    const databases = await Promise.all([
      openEmbeddedDatabase({ dataDir: one }),
      openEmbeddedDatabase({ dataDir: other }),
    ]);
    await Promise.all(databases.map(({ url }, i) => remember(url, `of ${i}`)));
    expect(await Promise.all(databases.map(({ url }) => remembered(url)))).toEqual([
      ["of 0"],
      ["of 1"],
    ]);
    await Promise.all(databases.map((database) => database.release()));
  });

  test("moves to another port when its own is taken", async ({ dataDir }) => {
    const first = await openEmbeddedDatabase({ dataDir });
    await remember(first.url, "kept");
    await first.release();
    const squatter = net.createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await once(squatter, "listening");
    const second = await openEmbeddedDatabase({ dataDir });
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await remembered(second.url)).toEqual(["kept"]);
    await second.release();
    squatter.close();
  });

  test("lies under /var/lib where root's unprivileged server can't reach the folder", async ({
    newDataDir,
  }) => {
    test.skip(!isRoot(), "only root runs the server as somebody else");
    const dataDir = newDataDir(0o700);
    const logged: string[] = [];
    const first = await openEmbeddedDatabase({ dataDir, log: (line) => logged.push(line) });
    expect(logged.join()).toContain(placeOf(dataDir));
    expect(placeOf(dataDir)).toMatch(/^\/var\/lib\/servicebroker-access\//);
    await remember(first.url, "kept");
    await first.release();
    const second = await openEmbeddedDatabase({ dataDir });
    expect(await remembered(second.url)).toEqual(["kept"]);
    await second.release();
  });
});

test.describe("users of one embedded database", () => {
  test("share it; the last one to leave stops it", async ({ dataDir }) => {
    const [mine, theirs] = [await openEmbeddedDatabase({ dataDir }), await openElsewhere(dataDir)];
    expect(theirs.url).toBe(mine.url);
    await remember(mine.url, "shared");
    await mine.release();
    expect(await remembered(theirs.url)).toEqual(["shared"]);
    await theirs.release();
    expect(serverPid(dataDir)).toBeUndefined();
  });

  test("ten at once on an empty folder: one database, each migration once, all ready", async ({
    dataDir,
  }) => {
    const users = await Promise.all(Array.from({ length: 10 }, () => openElsewhere(dataDir)));
    expect(new Set(users.map(({ url }) => url)).size).toBe(1);
    expect(users.flatMap(({ logged }) => logged).filter((l) => /creating/.test(l))).toHaveLength(1);
    const journal = JSON.parse(readFileSync("db/migrations/meta/_journal.json", "utf8"));
    const run = await query(
      users[0]?.url ?? "",
      (sql) => sql`select created_at from drizzle.__drizzle_migrations order by created_at`,
    );
    expect(run.map((row) => Number(row.created_at))).toEqual(
      journal.entries.map((entry: { when: number }) => entry.when),
    );
    await Promise.all(users.map((user) => user.release()));
    expect(serverPid(dataDir)).toBeUndefined();
  });

  test("one who comes while the last one leaves gets a working database", async ({ dataDir }) => {
    let present = await openEmbeddedDatabase({ dataDir });
    for (let turn = 0; turn < 4; turn++) {
      const [, next] = await Promise.all([present.release(), openEmbeddedDatabase({ dataDir })]);
      await remember(next.url, `turn ${turn}`);
      present = next;
    }
    expect(await remembered(present.url)).toHaveLength(4);
    await present.release();
    expect(serverPid(dataDir)).toBeUndefined();
  });
});

test.describe("after a crash", () => {
  test("of the app: the next one takes the running server over, then stops it", async ({
    dataDir,
  }) => {
    const killed = await openElsewhere(dataDir);
    await remember(killed.url, "kept");
    const pid = serverPid(dataDir);
    await killed.kill();
    expect(serverPid(dataDir)).toBe(pid);
    const next = await openEmbeddedDatabase({ dataDir });
    expect(serverPid(dataDir)).toBe(pid);
    expect(await remembered(next.url)).toEqual(["kept"]);
    await next.release();
    expect(serverPid(dataDir)).toBeUndefined();
  });

  test("of the server: it is started again at its address, with every row", async ({ dataDir }) => {
    const [mine, theirs] = [await openEmbeddedDatabase({ dataDir }), await openElsewhere(dataDir)];
    const facade = createFacade(mine.url, { max: 2 });
    await remember(mine.url, "kept");
    for (let time = 0; time < 2; time++) {
      const pid = serverPid(dataDir);
      killServer(clusterOf(dataDir));
      await expect.poll(() => [undefined, pid].includes(serverPid(dataDir))).toBe(false);
      await expect
        .poll(() =>
          facade.unsafe("select 1").then(
            () => "up",
            () => "down",
          ),
        )
        .toBe("up");
    }
    // A process of the dead server may have given that last answer.
    await expect.poll(() => remembered(theirs.url).catch(String)).toEqual(["kept"]);
    await facade.end();
    await theirs.release();
    // Who leaves before the other one has taken hold again stops it, and the other one starts it.
    await expect.poll(() => remembered(mine.url).catch(String)).toEqual(["kept"]);
    await mine.release();
    expect(serverPid(dataDir)).toBeUndefined();
  });

  test("of both: a pid file that names another process is no obstacle", async ({ dataDir }) => {
    const pidFile = path.join(clusterOf(dataDir), "postmaster.pid");
    const killed = await openElsewhere(dataDir);
    await remember(killed.url, "kept");
    const contents = readFileSync(pidFile, "utf8");
    await killed.kill();
    killServer(clusterOf(dataDir));
    await expect.poll(() => serverPid(dataDir)).toBeUndefined();
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
      ...runUserFor(path.dirname(pidFile)),
      cwd: "/",
      stdio: "ignore",
    });
    writeFileSync(pidFile, contents.replace(/^\d+/, String(stranger.pid)));
    const next = await openEmbeddedDatabase({ dataDir });
    expect(await remembered(next.url)).toEqual(["kept"]);
    await next.release();
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill();
  });
});
