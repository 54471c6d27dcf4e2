import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createFacade, type Facade } from "@/db/facade";
import { expect, test } from "@/e2e/support/test";
import { startPostgres, type TestPostgres } from "../support/postgres";

setFlagsFromString("--expose-gc");
const collect: (options?: { type: "minor" }) => void = runInNewContext("gc");

setFlagsFromString("--allow-natives-syntax");
const isFast: (value: object) => boolean = runInNewContext("(value) => %HasFastProperties(value)");
isFast({}); // Compiled while the flag is set.
setFlagsFromString("--no-allow-natives-syntax");

/** Bytes among the objects that quick collections don't look after. */
function old(): number {
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space");
  if (!space) throw new Error("V8 has no old space by that name.");
  return space.space_used_size;
}

let server: TestPostgres;
let facade: Facade;

test.beforeAll(async () => {
  server = await startPostgres();
  facade = createFacade(server.url(), { max: 2 });
});
test.afterAll(async () => {
  await facade.end({ timeout: 1 });
  server.kill();
});

test("what a query held is gone with the next quick collections", async () => {
  const characters = 20_000;
  const queries = 200;
  const ask = () =>
    facade
      .unsafe("select repeat('x', $1::int)", [String(characters)] as never[], { prepare: true })
      .values() as unknown as Promise<string[][]>;
  expect(await ask()).toEqual([["x".repeat(characters)]]);
  collect();
  const before = old();
  const half = async () => {
    for (let i = 0; i < queries / 2; i++) await ask();
  };
  await Promise.all([half(), half()]);
  collect({ type: "minor" });
  collect({ type: "minor" });
  expect(old() - before).toBeLessThan((characters * queries) / 10);
});

test("what makes the driver's answers can be optimised", async () => {
  const answer = (await facade.unsafe("select 1 as one")) as unknown as object[];
  expect(answer).toEqual([{ one: 1 }]);
  expect(answer.constructor).not.toBe(Array);
  expect(isFast(answer.constructor)).toBe(true);
});
