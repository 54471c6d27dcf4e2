import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm test [-- playwright args]`: everything that there is to check, on a fresh clone after
 * `npm ci` and nothing else. What a check needs (a build, a database, a browser) is got by Playwright's
 * projects, see playwright.config.ts. The last line is the result: `12 passed, 0 failed`.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "servicebroker-test-"));
const summary = join(folder, "summary");
const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");

const child = spawn(process.execPath, [playwright, "test", ...process.argv.slice(2)], {
  cwd: root,
  stdio: ["ignore", "inherit", "inherit"],
  env: { ...process.env, BROKER_TEST_SUMMARY: summary, NEXT_TELEMETRY_DISABLED: "1" },
});
// Playwright takes its database and its servers down on this one only.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill("SIGINT"));

child.on("close", (code) => {
  const line = read(summary);
  rmSync(folder, { recursive: true, force: true });
  // Nothing was reported: Playwright itself did not get as far as a result.
  if (line === "" && code !== 0) console.log("0 passed, 1 failed");
  process.exitCode = code ?? 1;
});

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
