import { defineConfig } from "@playwright/test";

const MINUTE = 60_000;

/**
 * `build`, `browser` and `house` are checks of their own and count in the result: the production
 * build, a browser that starts, the linter and the compiler. The others wait for what they need.
 */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/support/global-setup.ts",
  forbidOnly: true,
  fullyParallel: false,
  workers: 2,
  // A second try on a busy machine; what passes only then is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: MINUTE,
  expect: { timeout: 10_000 },
  reportSlowTests: null,
  reporter: [["list"], ["./e2e/support/reporter.ts"]],
  use: { trace: "off", screenshot: "off", video: "off" },
  projects: [
    { name: "build", testMatch: "setup/build.setup.ts", timeout: 10 * MINUTE },
    { name: "browser", testMatch: "setup/browser.setup.ts", timeout: 15 * MINUTE },
    { name: "house", testDir: "e2e/house", dependencies: ["build"], timeout: 5 * MINUTE },
    { name: "unit", testDir: "e2e/unit" },
    { name: "api", testDir: "e2e/api", dependencies: ["build"], timeout: 2 * MINUTE },
    {
      name: "portal",
      testDir: "e2e/portal",
      dependencies: ["build", "browser"],
      timeout: 2 * MINUTE,
    },
    { name: "faults", testDir: "e2e/faults", dependencies: ["build"], timeout: 5 * MINUTE },
  ],
});
