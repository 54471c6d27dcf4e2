import { join } from "node:path";
import type { Browser, Page } from "playwright";
import type { State } from "../support/seed";
import type { TestServer } from "../support/server";

const option = (name: string) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

/** What the command line asks for: a folder, parts of names, the README's pictures only. */
export const readmeOnly = process.argv.includes("--readme");
export const parts = (option("only") ?? "").split(",");
export const folder = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "screenshots";

const widths = [1440, 360] as const;
export const themes = ["light", "dark"] as const;

/** A page, and what to do on it before the picture is taken: of the window then, else of all. */
export type Shot = {
  name: string;
  path: string;
  status?: number;
  open?: (page: Page) => Promise<unknown>;
  /** What to wait for before all of the page is taken. */
  ready?: (page: Page) => Promise<unknown>;
};

/** Takes these pictures, or those with a wanted part in their name, in every look. */
export async function shoot(
  browser: Browser,
  server: TestServer,
  state: State | undefined,
  shots: Shot[],
): Promise<void> {
  const wanted = shots.filter(({ name }) => parts.some((part) => name.includes(part)));
  if (wanted.length === 0) return;
  for (const theme of themes) {
    for (const width of widths) {
      const viewport = { width, height: width === 360 ? 780 : 900 };
      const context = await browser.newContext({
        storageState: state,
        colorScheme: theme,
        viewport,
        timezoneId: "Europe/Vienna",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      for (const { name, path, status = 200, open, ready } of wanted) {
        // Elsewhere first: another fragment alone would not load the page anew.
        await page.goto("about:blank");
        const answer = await page.goto(server.url + path, { waitUntil: "networkidle" });
        if (answer && answer.status() !== status) {
          throw new Error(`${path} answered ${answer.status()}.`);
        }
        await (open ?? ready)?.(page);
        const file = join(folder, `${name}-${width}-${theme}.png`);
        await page.screenshot({ path: file, fullPage: !open });
        process.stdout.write(`${file}\n`);
        // What a dialog asks before it is left is not asked here.
        if (open) await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
      }
      await context.close();
    }
  }
}

/** A path that opens a dialog by itself. */
export const act = (path: string, role: "dialog" | "alertdialog" = "dialog") => ({
  path,
  open: (page: Page) => page.getByRole(role).waitFor(),
});
