import { expect, test } from "@playwright/test";
import { verifyCredential } from "@/db/queries/verify";
import { hashSecretHex } from "@/lib/credentials/secret-format";
import { openDatabase } from "../support/in-process";
import { type SlowLine, startSlowLine } from "../support/slow-line";

const database = openDatabase();
let line: SlowLine;

test.beforeAll(async () => {
  const url = new URL(database.url());
  line = await startSlowLine(Number(url.port));
  url.port = String(line.port);
  process.env.DATABASE_URL = url.href;
});
test.afterAll(() => line.end());

const verify = (secret: string) =>
  verifyCredential({ tokenHash: hashSecretHex(secret) }, "", (found) => found);

test("a database that is too slow for two questions is asked one: what changes is seen at once, and by every call", async () => {
  const { secret, tokenId } = await database.tenant();
  const set = (active: boolean) =>
    database.query((sql) => sql`update tokens set active = ${active} where id = ${tokenId}`);
  const before = await verify(secret);
  expect(await verify(secret)).toBe(before);

  line.delay(150);
  await set(false);
  // The first slow answer says that a row has changed, and no time is left to ask what it is now.
  await expect(verify(secret)).rejects.toThrow("late");
  expect((await verify(secret))?.outcome).toBe("inactive");
  for (const active of [true, false, true]) {
    await set(active);
    expect((await verify(secret))?.outcome).toBe(active ? "accepted" : "inactive");
  }

  line.restore();
  const after = await verify(secret);
  expect(await verify(secret)).toBe(after);
  await set(false);
  expect((await verify(secret))?.outcome).toBe("inactive");
});
