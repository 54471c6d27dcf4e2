import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

const section = readFileSync("CONTRIBUTING.md", "utf8").split("## Guarantees and their tests")[1];
const rows = (section ?? "")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (guarantee|-)/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

/** The tests that a cell names: `folder/spec` and, after it, the title of one of them or its start. */
const testsOf = (cell: string) =>
  [...cell.matchAll(/`([a-z]+\/[\w-]+)`(?: “([^”]+)”)?/g)].map(([, spec, title]) => ({
    file: `e2e/${spec}.spec.ts`,
    title,
  }));

test.describe("the table of guarantees", () => {
  test("names at least one test for each", () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const [, guarantee, tests = ""] of rows) {
      expect(testsOf(tests).length, guarantee).toBeGreaterThan(0);
    }
  });

  test("names specs and titles that there are", () => {
    for (const [, guarantee, tests = ""] of rows) {
      for (const { file, title } of testsOf(tests)) {
        expect(existsSync(file), `${guarantee}: ${file}`).toBe(true);
        const named = !title || readFileSync(file, "utf8").includes(title);
        expect(named, `${guarantee}: “${title}” in ${file}`).toBe(true);
      }
    }
  });
});
