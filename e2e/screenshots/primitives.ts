import type { Browser, Page } from "playwright";
import type { TestServer } from "../support/server";
import { type Shot, shoot } from "./shoot";

type AriaRole = Parameters<Page["getByRole"]>[0];
const path = "/dev/ui";

const opened = (
  name: string,
  role: "button" | "combobox",
  press: string,
  shown: AriaRole,
): Shot => ({
  name: `primitives-${name}`,
  path,
  open: async (page) => {
    await page.getByRole(role, { name: press, exact: true }).first().click();
    await page.getByRole(shown).first().waitFor();
  },
});

/** Every primitive: the page as a whole, then with each of what opens over it. */
export const shootPrimitives = (browser: Browser, server: TestServer): Promise<void> =>
  shoot(browser, server, undefined, [
    {
      name: "primitives",
      path,
      ready: (page) => page.locator(".recharts-surface").nth(1).waitFor(),
    },
    opened("dialog", "button", "Dialog", "dialog"),
    opened("confirm", "button", "Dangerous act", "alertdialog"),
    opened("menu", "button", "Acts", "menu"),
    opened("select", "combobox", "Status", "listbox"),
    {
      name: "primitives-toast",
      path,
      open: async (page) => {
        await page.getByRole("button", { name: "Toast, error" }).click();
        await page.getByText("The token could not be renamed").waitFor();
      },
    },
    {
      name: "primitives-tooltip",
      path,
      open: async (page) => {
        const button = page.getByRole("button", { name: "Tooltip" });
        // A scroll closes tooltips, and says so a frame later.
        await button.scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
        await button.hover();
        await page.getByText("24 Nov 2026, 14:03:09 UTC").first().waitFor();
      },
    },
  ]);
