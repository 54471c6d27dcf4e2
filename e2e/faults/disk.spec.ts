import postgres from "postgres";
import { openEmbeddedDatabase } from "@/db/embedded";
import { clusterOf } from "@/e2e/support/embedded";
import { FaultLoad, makeCredentials, UNLIMITED } from "@/e2e/support/fault-load";
import { killServer } from "@/e2e/support/leftovers";
import { startServer } from "@/e2e/support/server";
import { mountSmallDisk, type SmallDisk } from "@/e2e/support/small-disk";
import { test as base, expect } from "@/e2e/support/test";

/** A small disk for the embedded database. */
const test = base.extend<{ disk: SmallDisk }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  disk: async ({}, use, { skip }) => {
    const disk = mountSmallDisk(200);
    if ("missing" in disk) return skip(true, disk.missing);
    await use(disk);
    killServer(clusterOf(disk.path));
    disk.unmount();
  },
});

const FILL_THE_LOG = `do $$ begin
  loop perform pg_logical_emit_message(true, 'x', repeat('x', 1000000)); end loop;
end $$`;

test("disk full: fast 503, no secret shown for a token that was not stored, verification goes on, no restart needed afterwards", async ({
  disk,
}) => {
  test.setTimeout(240_000);
  const env = { ...UNLIMITED, DATABASE_URL: undefined, BROKER_DATA_DIR: disk.path };
  const server = await startServer({ database: "embedded", env });
  const database = await openEmbeddedDatabase({ dataDir: disk.path });
  const load = new FaultLoad(() => server.url, await makeCredentials(server));
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const refused = () =>
    expect
      .poll(async () => (await load.call("issue"))?.status, { timeout: 60_000, intervals: [10] })
      .toBe(503);
  for (let round = 0; round < 2; round++) {
    disk.fill();
    await refused();
    for (let i = 0; i < 20; i++) expect((await load.call("verify"))?.status).toBe(200);
    disk.free();
    await load.recovered();
  }
  // Without room for its log PostgreSQL panics: it is started again, the application is not.
  disk.fill();
  await expect(sql.unsafe(FILL_THE_LOG)).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  await refused();
  disk.free();
  await load.recovered();
  await sql.end({ timeout: 1 });
  await load.stop();
  expect(await server.stop()).toBe(0);
  await load.expectNothingLost(database.url, "Disk full");
  await database.release();
});
