import { startInParts } from "@/e2e/support/in-parts";
import { expect, movesOn, test, watchMoves } from "@/e2e/support/portal";

const background = () => getComputedStyle(document.documentElement).backgroundColor;

test.describe("The theme", () => {
  test.use({ colorScheme: "light" });

  test("is the system's until one is chosen; the server then renders the chosen one", async ({
    asAdmin,
    pageUrl,
  }) => {
    const page = await asAdmin();
    const light = await page.evaluate(background);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await page.evaluate(background);
    expect(dark).not.toBe(light);

    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitemradio", { name: "Light" }).click();
    expect(await page.evaluate(background)).toBe(light);
    const html = await (await page.request.get(pageUrl())).text();
    expect(html).toMatch(/<html[^>]* data-theme="light"/);
    await page.reload();
    expect(await page.evaluate(background)).toBe(light);

    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitemradio", { name: "System" }).click();
    expect(await page.evaluate(background)).toBe(dark);
  });
});

test.describe("Times", () => {
  test.use({ timezoneId: "Asia/Kolkata" });

  test("are in the reader's zone with UTC on hover, from the server's first answer on", async ({
    asAdmin,
    sql,
    tenant,
    pageUrl,
  }) => {
    await sql`update tenants set created_at = '2026-02-03T20:15:16Z' where id = ${tenant.entityId}`;
    const page = await asAdmin();
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    const created = page.getByText("4 Feb 2026, 01:45:16 GMT+5:30");
    await expect(created).toHaveAttribute("title", "3 Feb 2026, 20:15:16 UTC");
    const html = await (await page.request.get(pageUrl())).text();
    expect(html).toContain("4 Feb 2026, 01:45:16 GMT+5:30");
    await page.reload();
    await expect(created).toBeVisible();
    expect(errors).toEqual([]);
  });
});

test("the buttons beside a heading move in no browser while the page arrives", async ({
  asAdmin,
  server,
  tenant,
}) => {
  const page = await asAdmin();
  const parts = await startInParts(server.url, {
    // As those read it that don't know this.
    edit: (html) => {
      const without = html.replace(/<link rel="expect"[^>]*>/, "");
      expect(without).not.toBe(html);
      return without;
    },
    cuts: (html) => {
      const second = html.indexOf("<button", html.indexOf("<button", html.indexOf("<h1")) + 1);
      expect(second).toBeGreaterThan(html.indexOf("<h1"));
      return [second];
    },
    pauseMs: 500,
  });
  try {
    await watchMoves(page);
    await page.goto(`${parts.url}/t/${tenant.entityId}/tokens/${tenant.tokenId}`);
    await page.waitForLoadState("networkidle");
    await expect(page.getByRole("button", { name: "Revoke" })).toBeVisible();
    expect(await movesOn(page)).toEqual([]);
  } finally {
    parts.end();
  }
});

test("a page that fails on the server says so, keeps the navigation and can be tried again", async ({
  asAdmin,
  sql,
  tenant,
  pageUrl,
}) => {
  const page = await asAdmin();
  await sql`alter table tokens rename to tokens_away`;
  try {
    const answer = await page.goto(pageUrl("/tokens"));
    expect(answer?.status()).toBe(500);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "This page could not be loaded",
    );
    expect(await page.content()).not.toMatch(/tokens_away|does not exist|Failed query/);
  } finally {
    await sql`alter table tokens_away rename to tokens`;
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tokens" })).toBeVisible();
  expect(tenant.entityId).toBeTruthy();
});

test("/dev/ui is not there in production", async ({ page }) => {
  expect((await page.goto("/dev/ui"))?.status()).toBe(404);
});
