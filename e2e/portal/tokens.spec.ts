import { axe, choose, expect, overflow, rowOf, test } from "@/e2e/support/portal";

test.describe("Issuing a token", () => {
  test("shows it once, with copy and a curl line, and it is good at once", async ({
    asAdmin,
    api,
    context,
    server,
    tenant,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await asAdmin("/tokens");
    await page.getByRole("button", { name: "Issue token" }).click();
    const dialog = page.getByRole("dialog", { name: "Issue a token" });
    await dialog.getByLabel("Label").fill("  Payroll export ");
    await dialog.getByRole("checkbox", { name: "audit:read" }).click();
    await dialog.getByRole("button", { name: "Issue token" }).click();
    const issued = page.getByRole("dialog", { name: "Token issued" });
    await issued.getByRole("button", { name: "Copy token" }).click();
    const secret = await page.evaluate(() => navigator.clipboard.readText());
    expect(secret).toMatch(/^sbat_[0-9A-Za-z]{49}$/);
    await expect(issued.getByLabel("Token", { exact: true })).toHaveValue(secret);
    await expect(issued).toContainText(
      `curl -H "Authorization: Bearer ${secret}" ${server.url}/up/v5/verify`,
    );
    expect((await api("GET", "/up/v5/verify", { token: secret })).body).toMatchObject({
      EntityId: tenant.entityId,
      Name: "Payroll export",
      Scopes: ["broker", "audit:read"],
    });

    const done = issued.getByRole("button", { name: "Done" });
    await expect(done).toBeDisabled();
    await page.keyboard.press("Escape");
    await expect(issued).toBeVisible();
    await issued.getByRole("checkbox", { name: "I have stored it" }).click();
    await done.click();
    await expect(issued).toBeHidden();
    await expect(rowOf(page, "Payroll export")).toContainText("Active");
    await page.goBack();
    await page.goForward();
    expect(await page.content()).not.toContain(secret);
  });

  test("names what is wrong with the input beside it", async ({ asAdmin }) => {
    const page = await asAdmin("/tokens");
    await page.getByRole("button", { name: "Issue token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: "broker" }).click();
    await dialog.getByRole("button", { name: "Issue token" }).click();
    const label = dialog.getByLabel("Label");
    await expect(label).toHaveAttribute("aria-invalid", "true");
    await expect(label).toHaveAccessibleDescription(/Give it a label/);
    await expect(dialog.getByRole("group", { name: "Scopes" })).toHaveAccessibleDescription(
      /Choose at least one scope/,
    );
    await label.fill("x".repeat(101));
    await expect(label).toHaveAccessibleDescription(/at most 100 characters/);
  });

  test("a failure is told in the dialog and nothing typed is lost", async ({ asAdmin }) => {
    const page = await asAdmin("/tokens");
    await page.route("**/tokens", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await page.getByRole("button", { name: "Issue token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Label").fill("Payroll export");
    await dialog.getByRole("button", { name: "Issue token" }).click();
    await expect(dialog.getByRole("alert")).toContainText("Whether the change was made is unknown");
    await expect(dialog.getByLabel("Label")).toHaveValue("Payroll export");
  });
});

test.describe("Changing a token", () => {
  test("renaming shows the new label and keeps the token good", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    const { JWT } = await issue(tenant, { Name: "Old label" });
    const page = await asAdmin("/tokens");
    await choose(page, "Old label", "Rename");
    await page.getByRole("dialog").getByLabel("Label").fill("New label");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(rowOf(page, "New label")).toBeVisible();
    await page.reload();
    await expect(rowOf(page, "New label")).toBeVisible();
    expect((await api("GET", "/up/v5/verify", { token: JWT })).body.Name).toBe("New label");
  });

  test("a refused rename is taken back and says why", async ({ asAdmin, issue, tenant }) => {
    await issue(tenant, { Name: "Old label" });
    const page = await asAdmin("/tokens");
    await page.route("**/tokens/*", (route) => route.abort());
    await choose(page, "Old label", "Rename");
    await page.getByRole("dialog").getByLabel("Label").fill("New label");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText("The server can't be reached");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(rowOf(page, "Old label")).toBeVisible();
  });

  test("deactivating refuses its calls at once; Undo lets them pass again", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    const { JWT } = await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin("/tokens");
    await choose(page, "Payroll", "Deactivate");
    await expect(rowOf(page, "Payroll")).toContainText("Inactive");
    await expect(page.getByText("Token deactivated")).toBeVisible();
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(401);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Token activated")).toBeVisible();
    await expect(rowOf(page, "Payroll").getByText("Active", { exact: true })).toBeVisible();
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(200);
  });

  test("revoking asks for the label, says what breaks, and is final", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    const { JWT } = await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin("/tokens");
    await choose(page, "Payroll", "Revoke");
    const dialog = page.getByRole("alertdialog", { name: "Revoke token" });
    await expect(dialog).toContainText("refused from the next call on, for good");
    await expect(dialog).toContainText("Never used");
    const revoke = dialog.getByRole("button", { name: "Revoke token" });
    const typed = dialog.getByRole("textbox");
    for (const wrong of ["", "payroll", "Payrol"]) {
      await typed.fill(wrong);
      await expect(revoke).toBeDisabled();
    }
    await typed.fill("Payroll");
    await revoke.click();
    await expect(dialog).toBeHidden();
    await expect(rowOf(page, "Payroll")).toContainText("Revoked");
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(401);
    await rowOf(page, "Payroll").getByRole("button").click();
    await expect(page.getByRole("menuitem")).toHaveText(["Rename", "Copy id"]);
  });
});

test.describe("Replacing a token", () => {
  for (const [overlap, left] of [
    ["1 hour", /59 min left|1 h left/],
    ["24 hours", /24 h left|23 h 5\d min left/],
    ["7 days", /7 d left/],
  ] as const) {
    test(`with an overlap of ${overlap}: both are good, and how long is shown`, async ({
      asAdmin,
      issue,
      tenant,
      api,
    }) => {
      const { JWT } = await issue(tenant, { Name: "Payroll" });
      const page = await asAdmin("/tokens");
      await choose(page, "Payroll", "Replace");
      const dialog = page.getByRole("dialog", { name: "Replace token" });
      await dialog.getByRole("radio", { name: overlap }).click();
      await dialog.getByRole("button", { name: "Replace token" }).click();
      const issued = page.getByRole("dialog", { name: "Successor issued" });
      const successor = await issued.getByLabel("Token", { exact: true }).inputValue();
      for (const token of [JWT, successor]) {
        expect((await api("GET", "/up/v5/verify", { token })).status).toBe(200);
      }
      await issued.getByRole("checkbox", { name: "I have stored it" }).click();
      await issued.getByRole("button", { name: "Done" }).click();
      await expect(rowOf(page, "Payroll")).toHaveCount(2);
      await expect(rowOf(page, "Payroll").getByText(left)).toBeVisible();
    });
  }

  test("without overlap asks for the label; the old one is refused at once", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    const { JWT } = await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin("/tokens");
    await choose(page, "Payroll", "Replace");
    const dialog = page.getByRole("dialog", { name: "Replace token" });
    await dialog.getByRole("radio", { name: /^None/ }).click();
    const replace = dialog.getByRole("button", { name: "Replace and revoke" });
    await expect(replace).toBeDisabled();
    await dialog.getByRole("textbox").fill("Payroll");
    await replace.click();
    const issued = page.getByRole("dialog", { name: "Successor issued" });
    const successor = await issued.getByLabel("Token", { exact: true }).inputValue();
    expect((await api("GET", "/up/v5/verify", { token: JWT })).status).toBe(401);
    expect((await api("GET", "/up/v5/verify", { token: successor })).status).toBe(200);
  });
});

test.describe("The list of tokens", () => {
  test("search, status and order are in the URL, and a link reproduces them", async ({
    asAdmin,
    issue,
    tenant,
    pageUrl,
  }) => {
    for (const Name of ["Beta", "alpha", "Gamma"]) await issue(tenant, { Name });
    await issue(tenant, { Name: "Alpha two", Active: false });
    const page = await asAdmin("/tokens");
    const names = page.getByRole("rowheader");
    await expect(names).toContainText(["Alpha two", "Gamma", "alpha", "Beta", "Default token"]);

    await page.getByRole("button", { name: "Label" }).click();
    await expect(page).toHaveURL(/sort=name&direction=asc|direction=asc&sort=name|sort=name/);
    await expect(page.getByRole("columnheader", { name: "Label" })).toHaveAttribute(
      "aria-sort",
      "ascending",
    );
    await expect(names).toContainText(["alpha", "Alpha two", "Beta", "Default token", "Gamma"]);

    await page.getByLabel("Search tokens").fill("ALPHA");
    await expect(names).toContainText(["alpha", "Alpha two"]);
    await expect(names).toHaveCount(2);
    await page.getByRole("radio", { name: "Inactive 1" }).click();
    await expect(names).toHaveCount(1);
    await expect(names).toContainText(["Alpha two"]);

    const link = page.url();
    await page.goto(pageUrl());
    await page.goto(link);
    await expect(names).toHaveCount(1);
    await expect(page.getByLabel("Search tokens")).toHaveValue("ALPHA");
    await expect(page.getByRole("radio", { name: /^Inactive/ })).toBeChecked();
    await page.getByRole("radio", { name: /^All/ }).click();
    await expect(names).toHaveCount(2);
    await page.goBack();
    await expect(names).toHaveCount(1);
  });

  test("says that nothing matches, and clears the filters", async ({ asAdmin }) => {
    const page = await asAdmin("/tokens?search=nothing-like-this&status=revoked");
    await expect(page.getByRole("heading", { name: "No token matches" })).toBeVisible();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await expect(rowOf(page, "Default token")).toBeVisible();
    await expect(page.getByLabel("Search tokens")).toHaveValue("");
  });

  test("a Tenant without tokens is told what one is for, and may issue it there", async ({
    asAdmin,
    tenant,
    sql,
  }) => {
    await sql`delete from tokens where tenant_id = ${tenant.entityId}`;
    const page = await asAdmin("/tokens");
    await expect(page.getByRole("heading", { name: "No tokens yet" })).toBeVisible();
    await page.getByRole("main").getByRole("button", { name: "Issue token" }).last().click();
    await expect(page.getByRole("dialog", { name: "Issue a token" })).toBeVisible();
  });

  test("pages by fifty, both ways", async ({ asAdmin, issue, tenant }) => {
    test.slow();
    for (let count = 0; count < 104; count++) {
      await issue(tenant, { Name: `System ${String(count).padStart(3, "0")}` });
    }
    const page = await asAdmin("/tokens?sort=name&direction=asc");
    const names = page.getByRole("rowheader");
    const pages = page.getByRole("navigation", { name: "Pages of tokens" });
    await expect(pages).toContainText("1–50 of 105 tokens");
    await expect(names.first()).toContainText("Default token");
    await expect(names.last()).toContainText("System 048");
    await pages.getByRole("button", { name: "Next" }).click();
    await expect(pages).toContainText("51–100 of 105 tokens");
    await expect(names.first()).toContainText("System 049");
    await pages.getByRole("button", { name: "Next" }).click();
    await expect(pages).toContainText("101–105 of 105 tokens");
    await expect(names).toHaveCount(5);
    await expect(pages.getByRole("button", { name: "Next" })).toBeDisabled();
    await page.reload();
    await expect(pages).toContainText("101–105 of 105 tokens");
    await pages.getByRole("button", { name: "Previous" }).click();
    await expect(pages).toContainText("51–100 of 105 tokens");
    await expect(names.first()).toContainText("System 049");
    await page.getByLabel("Search tokens").fill("System 10");
    await expect(names).toHaveCount(4);
  });

  test("a failed load says so and can be tried again", async ({ asAdmin }) => {
    const page = await asAdmin("/tokens");
    let down = true;
    await page.route("**/tokens?**", (route) =>
      down
        ? route.fulfill({
            status: 500,
            json: { code: "internal_error", message: "It broke.", requestId: "request-1" },
          })
        : route.continue(),
    );
    await page.getByRole("radio", { name: /^Revoked/ }).click();
    const failure = page.getByRole("main").getByRole("alert");
    await expect(failure).toContainText("The tokens could not be loaded");
    await expect(failure).toContainText("request-1");
    down = false;
    await failure.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { name: "No token matches" })).toBeVisible();
  });

  test("an access that was taken away is said in words", async ({ asAdmin }) => {
    const page = await asAdmin("/tokens");
    await page.route("**/tokens?**", (route) =>
      route.fulfill({ status: 404, json: { code: "not_found", message: "No such Tenant." } }),
    );
    await page.getByRole("radio", { name: /^Revoked/ }).click();
    await expect(page.getByText("You no longer have access to these tokens")).toBeVisible();
  });

  test("a viewer sees the tokens and nothing that changes one", async ({ asViewer }) => {
    const page = await asViewer("/tokens");
    await expect(rowOf(page, "Default token")).toBeVisible();
    await expect(page.getByRole("region", { name: "Your access" })).toContainText("Read-only");
    await expect(page.getByRole("button", { name: "Issue token" })).toHaveCount(0);
    await expect(rowOf(page, "Default token").getByRole("button")).toHaveCount(0);
  });

  test("has its rows in the page that the server sends, before any script", async ({
    asAdmin,
    browser,
    pageUrl,
  }) => {
    const signedIn = await asAdmin();
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await signedIn.context().storageState(),
    });
    const page = await context.newPage();
    await page.goto(pageUrl("/tokens"));
    await expect(rowOf(page, "Default token")).toBeVisible();
    await context.close();
  });
});

test.describe("Hostile labels", () => {
  const labels: [what: string, label: string, shown: string][] = [
    ["markup", "<img src=x onerror=\"document.title='owned'\">", "<img src=x onerror="],
    ["a bidi override", "pay\u202Ellor", "pay[U+202E]llor"],
    ["an unseen character", "pay\u200Broll", "pay[U+200B]roll"],
    ["a formula", '=HYPERLINK("https://evil.example","x")', "=HYPERLINK("],
    ["a hundred characters", "W".repeat(100), "W".repeat(100)],
    ["right-to-left script", "حساب الرواتب", "حساب الرواتب"],
  ];
  for (const [what, label, shown] of labels) {
    test(`${what}: inert in list, menu, dialogs and overview, on a phone too`, async ({
      asAdmin,
      issue,
      tenant,
      pageUrl,
    }) => {
      await issue(tenant, { Name: label });
      const page = await asAdmin("/tokens");
      await page.setViewportSize({ width: 360, height: 780 });
      const row = page.getByRole("row").filter({ hasText: shown });
      await expect(row).toBeVisible();
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await row.getByRole("button").click();
      await page.getByRole("menuitem", { name: "Revoke" }).click();
      const dialog = page.getByRole("alertdialog");
      await expect(dialog).toContainText(shown);
      expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
      expect(await axe(page)).toEqual([]);
      await dialog.getByRole("textbox").fill(label);
      await dialog.getByRole("button", { name: "Revoke token" }).click();
      await expect(row).toContainText("Revoked");
      await page.goto(pageUrl());
      await expect(page.getByText(shown).first()).toBeVisible();
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await expect(page).toHaveTitle(/^Overview/);
      await expect(page.locator("img[src='x']")).toHaveCount(0);
    });
  }
});
