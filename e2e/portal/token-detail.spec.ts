import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { seedCalls, seedRefusals, seedSources } from "@/e2e/support/history";
import {
  axe,
  expect,
  movesOn,
  overflow,
  rowOf,
  test,
  watchMoves,
  windows,
} from "@/e2e/support/portal";
import { formatCount } from "@/lib/browser/format";

const card = (page: Page, title: string): Locator =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

/** Verifies a token so many times. */
const use = async (
  api: (method: string, path: string, options: { token: string }) => Promise<unknown>,
  token: string,
  times: number,
) => {
  for (let call = 0; call < times; call++) await api("GET", "/up/v5/verify", { token });
};

const replace = async (
  api: (
    method: string,
    path: string,
    options: { token: string; json: unknown },
  ) => Promise<{ body: { Id: string; JWT: string } }>,
  tenant: { token: string },
  id: string,
) => {
  const path = `/up/v5/entityToken/${id}/replace`;
  return (await api("POST", path, { token: tenant.token, json: { OverlapSeconds: 86_400 } })).body;
};

test.describe("A token's page", () => {
  test("is where its row leads, and says what it is, who made it and when", async ({
    asAdmin,
    issue,
    tenant,
  }) => {
    const { Id } = await issue(tenant, { Name: "Payroll", Scopes: ["broker", "tokens:read"] });
    const page = await asAdmin("/tokens");
    await page.getByRole("link", { name: "Payroll" }).click();
    await expect(page).toHaveURL(new RegExp(`/tokens/${Id}$`));
    await expect(page).toHaveTitle(/^Payroll/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Payroll");
    const facts = card(page, "Token");
    for (const text of ["sbat_", Id, "broker", "tokens:read", "Last usedNever", "Default token"]) {
      await expect(facts).toContainText(text);
    }
    await expect(card(page, "Audit trail").getByRole("listitem")).toHaveText(
      /^Issued by Default token/,
    );
    await card(page, "Audit trail")
      .getByRole("link", { name: /^Issued/ })
      .click();
    await expect(page.getByRole("dialog")).toContainText("Issued token Payroll");
    await page
      .getByRole("dialog")
      .getByRole("link", { name: /Payroll/ })
      .click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Payroll");
  });

  test("of a token that was never used says so in place of chart and sources", async ({
    asAdmin,
    issue,
    tenant,
  }) => {
    const { Id } = await issue(tenant);
    const page = await asAdmin(`/tokens/${Id}`);
    await expect(card(page, "Calls")).toContainText("No system has called with it yet.");
    await expect(card(page, "Sources")).toContainText("None yet: it was never called.");
    await expect(card(page, "Refused calls")).toHaveCount(0);
  });

  test("shows calls accepted and refused by period, and a link reproduces it", async ({
    asAdmin,
    issue,
    tenant,
    sql,
  }) => {
    const { Id } = await issue(tenant);
    const { total } = await seedCalls(sql, { entityId: tenant.entityId, tokenId: Id });
    const page = await asAdmin(`/tokens/${Id}`);
    const calls = card(page, "Calls");
    const rows = calls.getByRole("row");
    const table = async () => {
      await expect(calls.locator("[aria-busy=true]")).toHaveCount(0);
      const open = calls.locator("details[open]");
      if ((await open.count()) === 0) await calls.getByText("Show as a table").click();
      const cells = await rows.getByRole("cell").allTextContents();
      return cells.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0);
    };
    await expect(calls.getByRole("radio", { name: "24 h" })).toBeChecked();
    await table();
    await expect(rows).toHaveCount(25);
    await calls.getByRole("radio", { name: "7 d" }).click();
    await expect(page).toHaveURL(/\?period=7d$/);
    await expect(rows).toHaveCount(8);
    await calls.getByRole("radio", { name: "30 d" }).click();
    await expect(rows).toHaveCount(31);
    expect(await table()).toBe(total);
    await expect(calls).toContainText(/Scope missing: [\d,]+, Inactive: [\d,]+/);
    await page.reload();
    await expect(calls.getByRole("radio", { name: "30 d" })).toBeChecked();
    expect(await table()).toBe(total);
    await page.goBack();
    await expect(rows).toHaveCount(8);
  });

  test("lists where it was called from, the latest first", async ({
    asAdmin,
    issue,
    tenant,
    sql,
  }) => {
    const { Id } = await issue(tenant);
    const of = { entityId: tenant.entityId, tokenId: Id };
    const sources = Array.from({ length: 14 }, (_, index) => ({
      address: `192.0.2.${index}`,
      userAgent: `depot/${index}`,
      minutesAgo: index * 60,
      count: 1_234,
    }));
    await seedSources(sql, of, sources);
    const page = await asAdmin(`/tokens/${Id}`);
    const table = page.getByRole("table", { name: "Sources" });
    await expect(table.getByRole("rowheader")).toHaveCount(10);
    await expect(table.getByRole("rowheader").first()).toContainText("192.0.2.0depot/0");
    await expect(table.getByRole("row").nth(1)).toContainText("1,234");
    await page.getByRole("button", { name: "Show all 14" }).click();
    await expect(table.getByRole("rowheader")).toHaveCount(14);
  });

  test("renames, deactivates and activates it in place", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    const { Id, JWT } = await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin(`/tokens/${Id}`);
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("dialog").getByLabel("Label").fill("Wages");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wages");
    await page.getByRole("button", { name: "Deactivate" }).click();
    await expect(page.getByRole("button", { name: "Activate", exact: true })).toBeVisible();
    await expect(page.getByText("Token deactivated")).toBeVisible();
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(401);
    await page.getByRole("button", { name: "Activate", exact: true }).click();
    await expect(page.getByText("Token activated")).toBeVisible();
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(200);
    await expect(card(page, "Audit trail").getByRole("listitem")).toHaveText([
      /^Activated/,
      /^Deactivated/,
      /^Renamed/,
      /^Issued/,
    ]);
  });

  test("an unknown token and another Tenant's are the same 404", async ({
    asAdmin,
    provision,
    pageUrl,
  }) => {
    const page = await asAdmin();
    const other = await provision();
    const seen: string[] = [];
    for (const id of [other.tokenId, randomUUID(), "nonsense"]) {
      const answer = await page.goto(pageUrl(`/tokens/${id}`));
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
      expect(await page.content()).not.toContain(other.name);
      seen.push((await page.getByRole("main").textContent()) ?? "");
    }
    expect(new Set(seen).size).toBe(1);
  });

  test("what could not be loaded says so in its place and can be tried again", async ({
    asAdmin,
    tenant,
  }) => {
    const page = await asAdmin(`/tokens/${tenant.tokenId}`);
    let down = true;
    await page.route("**/usage?**", (route) =>
      down
        ? route.fulfill({
            status: 500,
            json: { code: "internal_error", message: "It broke.", requestId: "request-1" },
          })
        : route.continue(),
    );
    await page.getByRole("radio", { name: "7 d" }).click();
    const failure = card(page, "Calls").getByRole("alert");
    await expect(failure).toContainText("The calls could not be loaded");
    await expect(failure).toContainText("request-1");
    await expect(card(page, "Token")).toBeVisible();
    down = false;
    await failure.getByRole("button", { name: "Try again" }).click();
    await expect(failure).toBeHidden();
    await expect(page.getByRole("radio", { name: "7 d" })).toBeChecked();
  });
});

test("a refresh that fails leaves the page in view; an access taken away is said in words", async ({
  asAdmin,
  tenant,
}) => {
  const page = await asAdmin(`/tokens/${tenant.tokenId}`);
  const answer = (status: number, code: string) =>
    page.route(`**/tokens/${tenant.tokenId}`, (route) =>
      route.request().method() === "GET"
        ? route.fulfill({ status, json: { code, message: "It broke." } })
        : route.continue(),
    );
  await answer(500, "internal_error");
  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Token deactivated")).toBeVisible();
  await expect(card(page, "Token")).toBeVisible();
  await answer(404, "not_found");
  await page.getByRole("button", { name: "Activate", exact: true }).click();
  await expect(page.getByText("You no longer have access to this")).toBeVisible();
  await expect(card(page, "Token")).toHaveCount(0);
});

test.describe("Those who may only look at a token", () => {
  const acts = ["Rename", "Deactivate", "Replace", "Revoke", "Finish now"];
  const nothingToDo = async (page: Page) => {
    await expect(page.getByRole("region", { name: "Your access" })).toContainText("Read-only");
    for (const name of acts) {
      await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
    }
  };

  test("a viewer sees all of it, an overlap too, and no act", async ({
    asViewer,
    issue,
    tenant,
    api,
  }) => {
    const { Id } = await issue(tenant, { Name: "Payroll" });
    await replace(api, tenant, Id);
    const page = await asViewer(`/tokens/${Id}`);
    await expect(card(page, "Replacement under way")).toBeVisible();
    await expect(card(page, "Audit trail")).toContainText("Replaced");
    await nothingToDo(page);
  });

  for (const staff of ["support", "operator"] as const) {
    test(`${staff} sees it read-only`, async ({ page, tenant, person, signIn, pageUrl }) => {
      await signIn(await person({ staff }));
      await page.goto(pageUrl(`/tokens/${tenant.tokenId}`));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Default token");
      await expect(page.getByRole("region", { name: "Your access" })).toContainText("Read-only");
      await nothingToDo(page);
    });
  }
});

test.describe("Before a token goes", () => {
  test("revoking says who used it in the last 24 hours and 7 days", async ({
    asAdmin,
    issue,
    tenant,
    sql,
    api,
  }) => {
    const { Id, JWT } = await issue(tenant, { Name: "Payroll" });
    await seedCalls(sql, { entityId: tenant.entityId, tokenId: Id });
    const [week] = await sql`
      select sum(count)::int as accepted from usage_hours where credential_id = ${Id}
        and outcome = 'accepted' and hour > now() - interval '169 hours'`;
    const page = await asAdmin(`/tokens/${Id}`);
    await page.getByRole("button", { name: "Revoke" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Revoke token" });
    await expect(dialog).toContainText("Last used");
    const row = dialog.getByRole("row").filter({ hasText: "7 days" });
    await expect(row.getByRole("cell").first()).toHaveText(formatCount(week?.accepted));
    await expect(row.getByRole("cell").last()).toHaveText("3");
    const sources = dialog.getByRole("list", { name: "Sources of the last 7 days" });
    await expect(sources.getByRole("listitem")).toHaveCount(3);
    await expect(sources).toContainText("203.0.113.24");
    await expect(sources).not.toContainText("198.51.100.7");
    await dialog.getByRole("textbox").fill("Payroll");
    await dialog.getByRole("button", { name: "Revoke token" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Revoked");
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(401);
    await expect(page.getByRole("button", { name: "Replace" })).toHaveCount(0);
  });

  test("replacing says the same, and both halves lead to each other", async ({
    asAdmin,
    issue,
    tenant,
    sql,
  }) => {
    const { Id } = await issue(tenant, { Name: "Payroll" });
    await seedCalls(sql, { entityId: tenant.entityId, tokenId: Id });
    const page = await asAdmin(`/tokens/${Id}`);
    await page.getByRole("button", { name: "Replace" }).click();
    const dialog = page.getByRole("dialog", { name: "Replace token" });
    await expect(dialog).toContainText("Every system not switched over by then");
    await expect(dialog.getByRole("row").filter({ hasText: "24 hours" })).toContainText("2");
    await dialog.getByRole("button", { name: "Replace token" }).click();
    const issued = page.getByRole("dialog", { name: "Successor issued" });
    await issued.getByRole("checkbox", { name: "I have stored it" }).click();
    await issued.getByRole("button", { name: "Done" }).click();
    const facts = card(page, "Token");
    await facts.getByRole("link", { name: "Payroll" }).click();
    await expect(page).not.toHaveURL(new RegExp(Id));
    await expect(facts).toContainText("Replaces");
    await expect(card(page, "Audit trail")).toContainText("Issued as a successor");
    await facts.getByRole("link", { name: "Payroll" }).click();
    await expect(page).toHaveURL(new RegExp(`${Id}$`));
    await expect(facts).toContainText("Replaced by");
  });

  test("figures that can't be had are said to be missing, and don't stand in the way", async ({
    asAdmin,
    tenant,
  }) => {
    const page = await asAdmin(`/tokens/${tenant.tokenId}`);
    await page.route("**/recent-use", (route) => route.fulfill({ status: 500, json: {} }));
    await page.getByRole("button", { name: "Revoke" }).click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toContainText("Who uses it could not be loaded");
    await dialog.getByRole("textbox").fill("Default token");
    await expect(dialog.getByRole("button", { name: "Revoke token" })).toBeEnabled();
  });
});

test.describe("During an overlap", () => {
  test("the page says live who still calls with the old token, and when it has gone quiet", async ({
    asAdmin,
    issue,
    tenant,
    api,
    sql,
  }) => {
    const { Id, JWT } = await issue(tenant, { Name: "Payroll" });
    const successor = await replace(api, tenant, Id);
    const page = await asAdmin(`/tokens/${Id}`);
    const panel = card(page, "Replacement under way");
    await expect(panel).toContainText("Old token never used");
    await use(api, JWT, 2);
    await expect(panel).toContainText("Old token still in use", { timeout: 20_000 });
    await expect(panel.getByRole("list").getByRole("listitem")).toContainText(["127.0.0.1"]);
    await expect(panel).toContainText("New token not used yet");
    await sql`update last_uses set last_used_at = now() - interval '2 hours' where credential_id = ${Id}`;
    await expect(panel).toContainText("Quiet, but not taken over", { timeout: 20_000 });
    await use(api, successor.JWT, 1);
    await expect(panel).toContainText("New token in use", { timeout: 20_000 });
    await expect(panel).toContainText("Old token quiet");
    await expect(panel).toContainText("2 h ago");
  });

  test("“Finish now” ends it at once, from either half, and its panel goes", async ({
    asAdmin,
    issue,
    tenant,
    api,
    pageUrl,
  }) => {
    const { Id, JWT } = await issue(tenant, { Name: "Payroll" });
    const successor = await replace(api, tenant, Id);
    const page = await asAdmin(`/tokens/${successor.Id}`);
    const panel = card(page, "Replacement under way");
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(200);
    await panel.getByRole("button", { name: "Finish now" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Finish the overlap now" });
    await dialog.getByRole("textbox").fill("Payroll");
    await dialog.getByRole("button", { name: "Finish now" }).click();
    await expect(dialog).toBeHidden();
    await expect(panel).toBeHidden();
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(401);
    expect((await api("GET", "/up/v5/verify", { token: successor.JWT })).status).toBe(200);
    await expect(page.getByRole("heading", { level: 1 }).locator(":focus")).toHaveCount(1);
    await page.goto(pageUrl(`/tokens/${Id}`));
    await expect(panel).toHaveCount(0);
    await expect(card(page, "Audit trail").getByRole("listitem").first()).toContainText("Revoked");
  });

  test("its end is seen on the page without a reload", async ({
    asAdmin,
    issue,
    tenant,
    api,
    sql,
  }) => {
    const { Id } = await issue(tenant, { Name: "Payroll" });
    await replace(api, tenant, Id);
    await sql`update tokens set revoke_at = now() + interval '6 seconds' where id = ${Id}`;
    const page = await asAdmin(`/tokens/${Id}`);
    await expect(card(page, "Replacement under way")).toBeVisible();
    await expect(card(page, "Replacement under way")).toBeHidden({ timeout: 30_000 });
    await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Revoked");
  });
});

test.describe("After a revocation", () => {
  test("calls that still arrive show with their source and reason, as they come", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    const { Id, JWT } = await issue(tenant, { Name: "Payroll" });
    await api("DELETE", `/up/v5/entityToken/${Id}`, { token: tenant.token });
    const page = await asAdmin(`/tokens/${Id}`);
    await expect(card(page, "Refused calls")).toHaveCount(0);
    await use(api, JWT, 3);
    const refused = card(page, "Refused calls");
    await expect(refused).toContainText("A system still holds it", { timeout: 30_000 });
    const row = refused.getByRole("row").nth(1);
    await expect(row).toContainText("127.0.0.1");
    await expect(row).toContainText("Revoked");
    await expect(row.getByRole("cell").last()).toHaveText("3");
  });

  test("refusals from before it don't count as somebody who still holds it", async ({
    asAdmin,
    issue,
    tenant,
    api,
    sql,
  }) => {
    const { Id } = await issue(tenant, { Name: "Payroll" });
    const of = { entityId: tenant.entityId, tokenId: Id };
    const from = { address: "192.0.2.8", userAgent: "erp/1", reason: "scope" };
    await seedRefusals(sql, of, [{ ...from, minutesAgo: 60 }]);
    await api("DELETE", `/up/v5/entityToken/${Id}`, { token: tenant.token });
    const page = await asAdmin(`/tokens/${Id}`);
    await expect(card(page, "Refused calls")).toContainText("Scope missing");
    await expect(card(page, "Refused calls")).not.toContainText("still hold");
  });

  test("what needs attention on the overview leads here", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    const { Id, JWT } = await issue(tenant, { Name: "Payroll" });
    await api("DELETE", `/up/v5/entityToken/${Id}`, { token: tenant.token });
    await use(api, JWT, 1);
    const page = await asAdmin();
    await expect(async () => {
      await page.reload();
      const entry = page.getByRole("link", { name: /Payroll.*Revoked, yet called/ });
      await expect(entry).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.getByRole("link", { name: /Payroll.*Revoked, yet called/ }).click();
    await expect(page).toHaveURL(new RegExp(`/tokens/${Id}$`));
    await expect(card(page, "Refused calls")).toContainText("A system still holds it");
  });
});

test.describe("Hostile text", () => {
  const label = "<img src=x onerror=\"document.title='owned'\">pay\u202Ellor";
  const agent = "<script>document.title='owned'</script>\u202E=HYPERLINK(1)";

  test("in label, user agent and audit trail is inert, on a phone too", async ({
    asAdmin,
    issue,
    tenant,
    sql,
  }) => {
    const { Id } = await issue(tenant, { Name: label });
    const of = { entityId: tenant.entityId, tokenId: Id };
    const from = { address: "192.0.2.1", userAgent: agent, minutesAgo: 1 };
    await seedCalls(sql, of);
    await seedSources(sql, of, [from]);
    await seedRefusals(sql, of, [from]);
    const page = await asAdmin(`/tokens/${Id}`);
    await page.setViewportSize({ width: 360, height: 780 });
    await expect(page.getByRole("heading", { level: 1 })).toContainText("pay[U+202E]llor");
    await expect(page.getByRole("table", { name: "Sources" })).toContainText("[U+202E]=HYPERLINK");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Revoke" }).click();
    await expect(page.getByRole("alertdialog")).toContainText("[U+202E]=HYPERLINK");
    expect(await page.title()).toContain("pay[U+202E]llor");
    await expect(page.locator("img[src='x']")).toHaveCount(0);
  });
});

test.describe("The chart", () => {
  test("tells its values by arrow keys and as a table", async ({ asAdmin, tenant, sql }) => {
    await seedCalls(sql, tenant);
    const page = await asAdmin(`/tokens/${tenant.tokenId}?period=7d`);
    const chart = page.getByRole("application", { name: /^Calls in the last 7 days/ });
    await chart.focus();
    await page.keyboard.press("ArrowRight");
    const note = page.getByRole("status").filter({ hasText: "accepted" }).locator("p");
    const [first] = await note.allTextContents();
    await page.keyboard.press("ArrowRight");
    await expect(note.first()).not.toHaveText(first as string);
    const [day, ...figures] = await note.allTextContents();
    expect(day).toMatch(/^\d+ \w+ \d{4}$/);
    await page.getByText("Show as a table").focus();
    await page.keyboard.press("Enter");
    const row = page.getByRole("row").filter({ hasText: day });
    await expect(row.getByRole("cell")).toHaveText(figures.map((text) => text.split(" ")[0] ?? ""));
  });

  for (const width of [1440, 360]) {
    test(`is as wide as its card, with each bar in view: ${width} px`, async ({
      asAdmin,
      tenant,
      sql,
    }) => {
      await seedCalls(sql, tenant);
      const page = await asAdmin();
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${page.url()}?period=7d`);
      const chart = page.getByRole("application");
      await expect(chart).toBeVisible();
      const extent = async (of: Locator) => (await of.boundingBox()) ?? { x: 0, width: 0 };
      const [box, figure] = await Promise.all([
        extent(chart),
        extent(page.getByRole("figure", { name: "Calls in the last 7 days" })),
      ]);
      expect(Math.abs(box.width - figure.width)).toBeLessThan(8);
      const bars = await chart.locator(".recharts-bar-rectangle path").all();
      expect(bars.length).toBeGreaterThan(6);
      for (const bar of bars) {
        const { x, width } = await extent(bar);
        expect(width).toBeGreaterThan(2);
        expect(x + width).toBeLessThanOrEqual(box.x + box.width);
      }
    });
  }

  test("of the overview shows all calls of the Tenant, by the period in the URL", async ({
    asAdmin,
    tenant,
    sql,
  }) => {
    const { total } = await seedCalls(sql, tenant);
    const page = await asAdmin("?period=30d");
    const calls = card(page, "Calls");
    await expect(calls.getByRole("radio", { name: "30 d" })).toBeChecked();
    await calls.getByText("Show as a table").click();
    const cells = await calls.getByRole("cell").allTextContents();
    const sum = cells.reduce((all, text) => all + Number(text.replaceAll(",", "")), 0);
    expect(sum).toBeGreaterThanOrEqual(total);
    await calls.getByRole("radio", { name: "24 h" }).click();
    await expect(page).toHaveURL(new RegExp(`/t/${tenant.entityId}$`));
    await expect(calls.getByRole("row")).toHaveCount(25);
  });
});

test.describe("Loading", () => {
  test("moves nothing: neither the page, nor another period that is slow, nor a dialog", async ({
    asAdmin,
    tenant,
    sql,
    pageUrl,
  }) => {
    await seedCalls(sql, tenant);
    const page = await asAdmin();
    await watchMoves(page);
    let letThrough = () => {};
    let gate = Promise.resolve();
    const hold = () => {
      gate = new Promise((resolve) => {
        letThrough = resolve;
      });
    };
    await page.route(/usage\?|recent-use/, async (route) => {
      await gate;
      await route.continue();
    });
    for (const path of ["", `/tokens/${tenant.tokenId}`]) {
      await page.goto(pageUrl(path));
      await page.waitForLoadState("networkidle");
      hold();
      await page.getByRole("radio", { name: "30 d" }).click();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(1);
      letThrough();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      expect(await movesOn(page), path).toEqual([]);
    }
    hold();
    await page.getByRole("button", { name: "Revoke" }).click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toBeVisible();
    const before = await dialog.boundingBox();
    letThrough();
    await expect(dialog.getByRole("row").filter({ hasText: "7 days" })).toBeVisible();
    expect(await dialog.boundingBox()).toEqual(before);
  });
});

test.describe("By keyboard alone", () => {
  test("a token is found, opened and revoked, and the focus stays on its page", async ({
    asAdmin,
    issue,
    tenant,
  }) => {
    await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin("/tokens");
    const tabTo = async (target: Locator) => {
      for (let presses = 0; presses < 60; presses++) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab does not reach ${target}`);
    };
    await tabTo(page.getByRole("link", { name: "Payroll" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Payroll");
    await tabTo(page.getByRole("button", { name: "Revoke" }));
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("alertdialog");
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await tabTo(dialog.getByRole("textbox"));
    await page.keyboard.type("Payroll");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Revoked");
    await expect(page.locator("body:focus")).toHaveCount(0);
    await expect(page.locator("#content :focus, #content:focus")).toHaveCount(1);
  });
});

for (const viewport of windows) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport, contextOptions: { reducedMotion: "reduce" } });

    test("axe finds nothing in any state of the page or its dialogs, nor does it scroll sideways", async ({
      asAdmin,
      issue,
      tenant,
      api,
      sql,
      pageUrl,
    }) => {
      const [used, old, gone] = [
        await issue(tenant, { Name: "Payroll" }),
        await issue(tenant, { Name: "In overlap" }),
        await issue(tenant, { Name: "Gone" }),
      ];
      for (const { Id } of [used, old, gone]) {
        await seedCalls(sql, { entityId: tenant.entityId, tokenId: Id });
      }
      const successor = await replace(api, tenant, old.Id);
      await api("DELETE", `/up/v5/entityToken/${gone.Id}`, { token: tenant.token });
      const from = { address: "192.0.2.1", userAgent: "erp/1", minutesAgo: 0 };
      await seedRefusals(sql, { entityId: tenant.entityId, tokenId: gone.Id }, [from]);
      const page = await asAdmin("?period=7d");
      const sound = async (where: string) => {
        await expect(page.getByRole("application")).toHaveCount(1);
        expect(await axe(page), where).toEqual([]);
        expect(await overflow(page), where).toBeLessThanOrEqual(0);
      };
      await sound("overview");
      for (const { Id } of [old, successor, gone, used]) {
        await page.goto(pageUrl(`/tokens/${Id}`));
        if (Id === successor.Id) {
          expect(await axe(page), "never used").toEqual([]);
          continue;
        }
        await sound(Id);
      }
      await page.getByText("Show as a table").click();
      await sound("table of the chart");
      for (const [name, role] of [
        ["Revoke", "alertdialog"],
        ["Replace", "dialog"],
      ] as const) {
        await page.getByRole("button", { name, exact: true }).click();
        const dialog = page.getByRole(role);
        await expect(dialog.getByRole("row").filter({ hasText: "7 days" })).toBeVisible();
        expect(await axe(page), name).toEqual([]);
        expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
        await page.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
      }
      await page.goto(pageUrl("/tokens"));
      await expect(rowOf(page, "In overlap")).toHaveCount(2);
    });
  });
}
