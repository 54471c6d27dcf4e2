import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { axe, choose, expect, overflow, rowOf, test } from "@/e2e/support/portal";

const search = async (page: Page, text: string) => {
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("searchbox").press("Enter");
};

test.describe("Support's search", () => {
  test("a pasted token is found and leaves no trace: not in the URL, the page or the logs", async ({
    page,
    signIn,
    person,
    tenant,
    issue,
    server,
  }) => {
    const { JWT, Id } = await issue(tenant, { Name: "Payroll" });
    await signIn(await person({ staff: "support" }));
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto("/support");
    await search(page, `Bearer ${JWT}`);
    await expect(page.getByRole("heading", { name: "Payroll" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(tenant.name);
    await expect(page.getByRole("main")).toContainText(Id);
    await expect(page.getByRole("searchbox")).toHaveValue("");
    expect(await page.content()).not.toContain(JWT);
    expect([...asked, page.url()].join("\n")).not.toContain(JWT.slice(5, 20));
    await search(page, JWT.slice(0, -2));
    await expect(page.getByText("Cut or mistyped")).toBeVisible();
    expect(asked.join("\n")).not.toContain(JWT.slice(5, 20));
    expect(server.logs()).not.toContain(JWT.slice(5, 20));
  });

  test("a request id tells why its call was refused; a link reproduces the search", async ({
    page,
    signIn,
    person,
    tenant,
    issue,
    api,
  }) => {
    const { JWT } = await issue(tenant, { Name: "Switched off", Active: false });
    const refused = await api("GET", "/up/v5/verify", { token: JWT });
    expect(refused.status).toBe(401);
    const requestId = refused.headers.get("x-request-id") ?? "";
    await signIn(await person({ staff: "support" }));
    await expect(async () => {
      await page.goto(`/support?q=${requestId}`);
      const row = page.getByRole("row").filter({ hasText: requestId });
      await expect(row).toContainText("Inactive", { timeout: 1_000 });
      await expect(row).toContainText("Switched off");
      await expect(row).toContainText(tenant.name);
    }).toPass();
    expect(refused.text).not.toContain("nactive");
  });

  test("a Tenant is found by name, and its own pages are open, read-only", async ({
    page,
    signIn,
    person,
    tenant,
  }) => {
    await signIn(await person({ staff: "support" }));
    await page.goto("/support");
    await search(page, tenant.name);
    await expect(page).toHaveURL(/\/support\?q=Tenant/);
    await page.getByRole("main").getByRole("link", { name: tenant.name }).click();
    await expect(page.getByRole("heading", { level: 1, name: tenant.name })).toBeVisible();
    await expect(page.getByRole("region", { name: "Your access" })).toHaveText(
      "Read-only: you see this Tenant as support.",
    );
  });
});

test.describe("Staff's pages and calls", () => {
  test("403 for those they are not for; support's attempt to change is audited", async ({
    page,
    signIn,
    person,
    provision,
    asAdmin,
    server,
  }) => {
    const other = await provision();
    const changes: [string, string, unknown?][] = [
      ["POST", "/api/operator/tenants", { name: "Mine", email: "me@mine.example" }],
      ["PATCH", `/api/operator/tenants/${other.entityId}`, { active: false, statusReason: "No" }],
      ["DELETE", `/api/operator/tenants/${other.entityId}`],
      ["POST", "/api/operator/keys/rotate"],
    ];
    const refused = async (reads: string[]) => {
      for (const [method, path, data] of changes) {
        const headers = { Origin: server.url };
        const answer = await page.request.fetch(path, { method, data, headers });
        expect(answer.status(), `${method} ${path}`).toBe(403);
      }
      for (const path of reads) {
        expect((await page.request.get(path)).status(), path).toBe(403);
      }
    };
    const operators = ["/operator", "/operator/keys", "/api/operator/keys"];
    await asAdmin();
    await refused([
      ...operators,
      ...["/support", "/support/tenants", "/support/refusals"],
      ...["/api/support/tenants", "/api/support/refusals"],
    ]);
    const support = await person({ staff: "support" });
    await signIn(support);
    await refused(operators);
    await page.goto(`/t/${other.entityId}/audit?action=access.denied`);
    const denials = page.getByRole("row").filter({ hasText: support.email });
    // A change that names no Tenant is in the master Tenant's log, as a stranger's is.
    await expect(denials).toHaveCount(2);
    await expect(page.getByRole("row")).toHaveCount(3);
  });
});

test.describe("The operator", () => {
  test("provisions, suspends with a reason, reactivates and deletes a Tenant", async ({
    page,
    signIn,
    person,
    api,
  }) => {
    const name = `<b>Contoso</b> ${Date.now()}`;
    await signIn(await person({ staff: "operator" }));
    await page.goto("/operator");
    await page.getByRole("button", { name: "Provision Tenant" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("button", { name: "Provision Tenant" }).click();
    await expect(form.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
      /Give it a name/,
    );
    await form.getByLabel("Name", { exact: true }).fill(name);
    await form.getByLabel("Contact").fill("it@contoso.example");
    await form.getByRole("button", { name: "Provision Tenant" }).click();
    const shown = page.getByRole("dialog", { name: "Tenant provisioned" });
    const token = await shown.getByLabel("Token", { exact: true }).inputValue();
    const verify = async () => (await api("GET", "/up/v5/verify", { token })).status;
    expect(await verify()).toBe(200);
    await expect(shown.getByRole("button", { name: "Done" })).toBeDisabled();
    await shown.getByRole("checkbox", { name: "I have stored it" }).click();
    await shown.getByRole("button", { name: "Done" }).click();
    expect(await page.content()).not.toContain(token);

    await page.getByRole("searchbox").fill(name);
    await expect(page.getByRole("rowheader")).toHaveCount(1);
    await choose(page, name, "Suspend");
    const suspend = page.getByRole("alertdialog", { name: "Suspend Tenant" });
    await expect(suspend).toContainText("1 live token stops working");
    await suspend.getByRole("textbox", { name: /^Type the name/ }).fill(name);
    await suspend.getByRole("button", { name: "Suspend Tenant" }).click();
    await suspend.getByLabel("Reason").fill("Unpaid");
    await suspend.getByRole("button", { name: "Suspend Tenant" }).click();
    await expect(rowOf(page, name)).toContainText("Suspended");
    await expect(rowOf(page, name)).toContainText("“Unpaid”");
    expect(await verify()).toBe(401);

    await choose(page, name, "Reactivate");
    await page.getByRole("alertdialog").getByRole("button", { name: "Reactivate Tenant" }).click();
    await expect(rowOf(page, name)).toContainText("Active");
    expect(await verify()).toBe(200);

    await choose(page, name, "Delete");
    const remove = page.getByRole("alertdialog", { name: "Delete Tenant" });
    const act = remove.getByRole("button", { name: "Delete Tenant" });
    await expect(act).toBeDisabled();
    await remove.getByRole("textbox").fill(name);
    await act.click();
    await expect(rowOf(page, name)).toContainText("Deleted");
    expect(await verify()).toBe(401);
    await rowOf(page, name).getByRole("button").click();
    await expect(page.getByRole("menuitem")).toHaveText(["Open", "Copy EntityId"]);
  });

  test("rotates the signing key; the next one is planned or signs at once", async ({
    page,
    signIn,
    person,
  }) => {
    await signIn(await person({ staff: "operator" }));
    await page.goto("/operator/keys");
    const table = page.getByRole("table", { name: "Signing keys" });
    await expect(table.getByText("Signs now")).toHaveCount(1);
    await page.getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Rotate" }).click();
    await expect(page.getByText(/Rotation is planned|Signing key rotated/)).toBeVisible();
    await expect(table.getByText("Signs now")).toHaveCount(1);
  });
});

test.describe("The audit page", () => {
  test("filters are in the URL, pages go both ways, and an event shows before and after", async ({
    asAdmin,
    tenant,
    issue,
    api,
    pageUrl,
  }) => {
    const { Id } = await issue(tenant, { Name: "Payroll 0" });
    for (let count = 1; count <= 55; count++) {
      await api("PUT", `/up/v5/entityToken/${Id}`, {
        token: tenant.token,
        json: { Name: `Payroll ${count}` },
      });
    }
    const page = await asAdmin("/audit");
    const rows = page.getByRole("rowheader");
    await page.getByRole("button", { name: /^Action:/ }).click();
    await page.getByPlaceholder("Find").fill("token renamed");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/action=token\.renamed/);
    await expect(rows).toHaveCount(50);
    await page.getByRole("button", { name: "Next" }).click();
    await expect(rows).toHaveCount(5);
    await expect(rows.last()).toContainText("Payroll 1");
    await page.reload();
    await expect(rows).toHaveCount(5);
    await page.getByRole("button", { name: "Previous" }).click();
    await expect(rows).toHaveCount(50);
    await expect(rows.first()).toContainText("Payroll 55");
    await rows.first().getByRole("button").press("Enter");
    const detail = page.getByRole("dialog");
    const changed = detail.getByRole("row").filter({ hasText: "name" });
    await expect(changed.getByRole("cell")).toHaveText(["Payroll 54", "Payroll 55"]);
    const link = page.url();
    await page.goto(pageUrl());
    await page.goto(link);
    await expect(changed.getByRole("cell")).toHaveText(["Payroll 54", "Payroll 55"]);
    await detail.getByRole("button", { name: "All on this token" }).click();
    await expect(page).toHaveURL(new RegExp(`target=${Id}$`));
    await expect(rows).toHaveCount(50);
  });

  test("verifies the chain, and names the event that somebody has edited", async ({
    asAdmin,
    issue,
    tenant,
    sql,
  }) => {
    await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin("/audit");
    await page.getByRole("button", { name: "Verify the chain" }).click();
    await expect(page.getByText("The chain holds")).toBeVisible();
    await sql.unsafe("set session_replication_role = replica");
    await sql`update audit_events set actor_name = 'Somebody else' where tenant_id = ${tenant.entityId} and sequence = 2`;
    await page.getByRole("button", { name: "Verify the chain" }).click();
    await expect(page.getByText("The chain is broken")).toBeVisible();
    await expect(page.getByText("Event 2 was edited after it was written")).toBeVisible();
  });

  test("exports what is in view: CSV in which no label is a formula, NDJSON of every event", async ({
    asAdmin,
    tenant,
    issue,
  }) => {
    await issue(tenant, { Name: '=HYPERLINK("https://evil.example","x")' });
    const page = await asAdmin("/audit?action=token.issued");
    const take = async (name: RegExp) => {
      await page.getByRole("main").getByRole("button", { name: "Export" }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name }).click(),
      ]);
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
    };
    const csv = await take(/^CSV/);
    expect(csv.name).toMatch(/\.csv$/);
    expect(csv.text).toContain("HYPERLINK");
    expect(csv.text).not.toMatch(/(^|,)"?=/m);
    const ndjson = await take(/^NDJSON/);
    const lines = ndjson.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, -1).map(({ Action }) => Action)).toEqual([
      "token.issued",
      "token.issued",
    ]);
    expect(lines.at(-1).Export.Filters).toEqual(["action"]);
  });
});

test("hostile names and odd addresses: nothing for axe to find and no sideways scrolling on a phone", async ({
  page,
  signIn,
  person,
  provision,
  issue,
  pageUrl,
  api,
}) => {
  test.slow();
  const hostile = await provision({ Name: "<img src=x onerror=\"document.title='owned'\">" });
  const { JWT } = await issue(hostile, { Name: `pay\u202Ellor ${"W".repeat(80)}`, Active: false });
  await api("GET", "/up/v5/verify", { token: JWT });
  await sleep(1_500);
  await signIn(await person({ staff: "operator" }));
  const paths = [
    ...["/support", "/support?q=%3Cimg", "/support/tenants", "/support/refusals"],
    ...["/operator", "/operator/keys", `/t/${hostile.entityId}/audit`, pageUrl("/audit")],
  ];
  for (const path of [
    "/support?q=%00",
    "/support/tenants?search=%00",
    pageUrl("/audit?actor=%00"),
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(200);
  }
  await page.setViewportSize({ width: 360, height: 800 });
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await axe(page), path).toEqual([]);
    expect(await overflow(page), path).toBeLessThanOrEqual(0);
    await expect(page).not.toHaveTitle("owned");
  }
});
