import { expect, test } from "@playwright/test";
import { type Call, findViolations } from "@/e2e/support/revocation";

const call = (outcome: Call["outcome"], start: number, end: number): Call => ({
  credential: "a",
  outcome,
  start,
  end,
});
const good = [
  call("accepted", 0, 1),
  call("revoked", 10, 20),
  call("accepted", 15, 18),
  call("refused", 17, 19),
  call("refused", 21, 22),
];

test.describe("the checker of revocations", () => {
  test("finds nothing in a history that keeps the rules", () => {
    expect(findViolations(good)).toEqual([]);
  });
  for (const [rule, planted] of [
    ["accepted after its revocation was acknowledged", call("accepted", 20.5, 21)],
    ["refused before its revocation began", call("refused", 2, 3)],
    ["accepted after it had been refused", call("accepted", 19.5, 30)],
  ] as const) {
    test(`finds one that was ${rule}`, () => {
      expect(findViolations([...good, planted]).map((found) => found.rule)).toContain(rule);
    });
  }
  test("keeps credentials apart", () => {
    const other = { ...call("accepted", 30, 31), credential: "b" };
    expect(findViolations([...good, other])).toEqual([]);
  });
});
