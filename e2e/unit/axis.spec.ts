import { expect, test } from "@playwright/test";
import { axisMarks, namedBars } from "@/lib/browser/axis";
import { formatCompact } from "@/lib/browser/format";

test.describe("the marks of an axis", () => {
  test("reach the largest count, in whole steps", () => {
    expect(axisMarks(0)).toEqual([0, 1, 2, 3, 4]);
    expect(axisMarks(1)).toEqual([0, 1, 2, 3, 4]);
    expect(axisMarks(141)).toEqual([0, 50, 100, 150]);
    expect(axisMarks(1_750)).toEqual([0, 500, 1_000, 1_500, 2_000]);
    expect(axisMarks(5_428)).toEqual([0, 2_000, 4_000, 6_000]);
  });

  test("are five at most, each named for itself and not for a number beside it", () => {
    const units = { k: 1_000, M: 1_000_000 } as Record<string, number>;
    for (let max = 1; max < 90_000_000; max = Math.ceil(max * 1.07)) {
      const marks = axisMarks(max);
      expect(marks.length, `${max}`).toBeLessThanOrEqual(5);
      expect(marks.at(-1), `${max}`).toBeGreaterThanOrEqual(max);
      for (const mark of marks) {
        const name = formatCompact(mark);
        expect(Number.parseFloat(name) * (units[name.slice(-1)] ?? 1), name).toBe(mark);
      }
    }
  });
});

test("the bars named under an axis end with the last and are evenly apart", () => {
  expect(namedBars(24, 1_040)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
  expect(namedBars(24, 260)).toEqual([2, 9, 16, 23]);
  expect(namedBars(30, 260)).toEqual([5, 13, 21, 29]);
  expect(namedBars(7, 1_040)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(namedBars(24, 0)).toEqual([23]);
  expect(namedBars(0, 260)).toEqual([]);
});
