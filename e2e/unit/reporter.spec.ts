import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { expect } from "@playwright/test";
import { type Folder, test } from "@/e2e/support/folder";

const PLAYWRIGHT = createRequire(import.meta.url).resolve("@playwright/test/cli");

/** Runs Playwright, with our reporter, on one spec; answers what it printed and its exit status. */
async function runSpec(folder: Folder, body: string, config = "") {
  await symlink(resolve("node_modules"), join(folder.path, "node_modules"));
  const reporter = JSON.stringify(resolve("e2e/support/reporter.ts"));
  await folder.write(
    "playwright.config.ts",
    `export default { reporter: [["list"], [${reporter}]], workers: 1, ${config} };`,
  );
  await folder.write(
    "some.spec.ts",
    `import { expect, test } from "@playwright/test";\nconst no = () => expect(1).toBe(2);\n${body}`,
  );
  const summary = join(folder.path, "summary");
  const { status, stdout } = spawnSync(process.execPath, [PLAYWRIGHT, "test"], {
    cwd: folder.path,
    encoding: "utf8",
    env: { ...process.env, BROKER_TEST_SUMMARY: summary },
  });
  const lines = stdout.trimEnd().split("\n");
  return { status, lines, last: lines.at(-1), written: readFileSync(summary, "utf8") };
}

test.describe("the last line of a test run", () => {
  test("counts what passed and what failed, and the run fails", async ({ folder }) => {
    const run = await runSpec(folder, `test("a", () => {}); test("b", no); test("c", () => {});`);
    expect(run).toMatchObject({
      status: 1,
      last: "2 passed, 1 failed",
      written: "2 passed, 1 failed",
    });
  });

  test("names skipped tests only when there are some, and they fail nothing", async ({
    folder,
  }) => {
    const run = await runSpec(folder, `test("a", () => {}); test.skip("b", no);`);
    expect(run).toMatchObject({ status: 0, last: "1 passed, 0 failed, 1 skipped" });
  });

  test("counts a flaky test as passed, and lists it", async ({ folder }) => {
    const body = `test("a", ({}, info) => { if (info.retry === 0) no(); });`;
    const run = await runSpec(folder, body, "retries: 1");
    expect(run).toMatchObject({ status: 0, last: "1 passed, 0 failed" });
    expect(run.lines).toContain("flaky: some.spec.ts > a");
  });

  test("counts a spec that does not load as a failure", async ({ folder }) => {
    await folder.write(
      "good.spec.ts",
      `import { test } from "@playwright/test"; test("a", () => {});`,
    );
    const run = await runSpec(folder, `throw new Error("broken");`);
    expect(run).toMatchObject({ status: 1, last: "0 passed, 1 failed" });
  });

  test("counts a failed global set-up as a failure", async ({ folder }) => {
    const setup = await folder.write(
      "setup.ts",
      `export default () => { throw new Error("no"); };`,
    );
    const config = `globalSetup: ${JSON.stringify(setup)}`;
    const run = await runSpec(folder, `test("a", () => {});`, config);
    expect(run).toMatchObject({ status: 1, last: "0 passed, 1 failed" });
  });

  test("is a failure when the run ran out of time", async ({ folder }) => {
    const body = `test("a", () => new Promise(() => setInterval(() => {}, 1000)));`;
    const run = await runSpec(folder, body, "globalTimeout: 1500");
    expect(run.status).toBe(1);
    expect(run.last).toMatch(/^0 passed, [1-9]\d* failed/);
  });

  test("is a failure when nothing ran", async ({ folder }) => {
    const run = await runSpec(folder, `test.skip("a", () => {});`);
    expect(run).toMatchObject({ status: 1, last: "0 passed, 0 failed, 1 skipped" });
  });

  test("is a failure when there is no test at all", async ({ folder }) => {
    expect(await runSpec(folder, "")).toMatchObject({ status: 1, last: "0 passed, 1 failed" });
  });
});
