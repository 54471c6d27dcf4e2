import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright";
import type { SeededTenant, State } from "../support/seed";
import type { TestServer } from "../support/server";
import { themes } from "./shoot";

/** The pictures in the README. */
export async function shootReadme(
  browser: Browser,
  server: TestServer,
  few: SeededTenant,
  state: State,
): Promise<void> {
  await mkdir("public/screenshots", { recursive: true });
  for (const colorScheme of themes) {
    const viewport = { width: 1280, height: 720 };
    const context = await browser.newContext({ storageState: state, colorScheme, viewport });
    const page = await context.newPage();
    await page.goto(`${server.url}/t/${few.entityId}/tokens`, { waitUntil: "networkidle" });
    await page.screenshot({ path: `public/screenshots/tokens-${colorScheme}.png` });
    await context.close();
  }
}
