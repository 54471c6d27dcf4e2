import { randomBytes } from "node:crypto";
import { expect, test } from "@/e2e/support/test";
import { Sightings } from "@/lib/oauth/sightings";

const mark = () => randomBytes(9).toString("base64url");

test.describe("sightings", () => {
  test("tell the second showing from the first", () => {
    const sightings = new Sightings();
    const marks = Array.from({ length: 1_000 }, mark);
    expect(marks.filter((each) => sightings.note(each))).toEqual([]);
    // A few may have lost their place to others.
    expect(marks.filter((each) => sightings.note(each)).length).toBeGreaterThan(950);
  });

  test("take what was never shown for new, however full they are", () => {
    const sightings = new Sightings();
    for (let i = 0; i < 300_000; i++) sightings.note(mark());
    const wrong = Array.from({ length: 100_000 }, mark).filter((each) => sightings.note(each));
    expect(wrong.length).toBeLessThan(5);
  });

  test("keep a recent one for a while", () => {
    const sightings = new Sightings();
    const marks = Array.from({ length: 1_000 }, mark);
    for (const each of marks) sightings.note(each);
    for (let i = 0; i < 10_000; i++) sightings.note(mark());
    expect(marks.filter((each) => sightings.note(each)).length).toBeGreaterThan(750);
  });
});
