import { expect, test } from "@playwright/test";
import { formatTimeLeft } from "@/lib/browser/format";

test("time left is said as it was promised, not a unit less", () => {
  const [minute, hour] = [60_000, 3_600_000];
  expect(formatTimeLeft(7 * 24 * hour - 5_000)).toBe("7 d");
  expect(formatTimeLeft(7 * 24 * hour - 90 * minute)).toBe("6 d 23 h");
  expect(formatTimeLeft(24 * hour - 5_000)).toBe("24 h");
  // A page's clock is some seconds late.
  expect(formatTimeLeft(24 * hour + 20_000)).toBe("24 h");
  expect(formatTimeLeft(7 * 24 * hour + 20_000)).toBe("7 d");
  expect(formatTimeLeft(7 * hour + 5 * minute)).toBe("7 h 5 min");
  expect(formatTimeLeft(hour - 5_000)).toBe("1 h");
  expect(formatTimeLeft(3 * minute - 5_000)).toBe("3 min");
  expect(formatTimeLeft(45_000)).toBe("45 s");
});
