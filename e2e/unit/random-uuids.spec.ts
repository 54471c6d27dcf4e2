import { validate, version } from "uuid";
import { expect, test } from "@/e2e/support/test";
import { randomUuids, uuidLength } from "@/lib/http/random-uuids";

test("random UUIDs are of version 4, all different, one after the other", () => {
  const count = 1_000;
  const text = randomUuids(count);
  expect(text).toHaveLength(count * uuidLength);
  const uuids = Array.from({ length: count }, (_, i) =>
    text.slice(i * uuidLength, (i + 1) * uuidLength),
  );
  expect(uuids.filter((uuid) => !validate(uuid) || version(uuid) !== 4)).toEqual([]);
  expect(new Set(uuids).size).toBe(count);
  // Each digit but the version takes several values: no byte is left out.
  const digits = Array.from({ length: uuidLength }, (_, at) => new Set(uuids.map((u) => u[at])));
  expect(digits.map((seen) => seen.size)).toEqual(
    [..."xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx"].map((c) => ({ x: 16, y: 4 })[c] ?? 1),
  );
});
