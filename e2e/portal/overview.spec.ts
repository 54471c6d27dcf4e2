import { expect, test } from "@/e2e/support/portal";

test.describe("The overview", () => {
  test("shows the Tenant's state, tokens by status and what it is known by", async ({
    asAdmin,
    issue,
    tenant,
    api,
  }) => {
    await issue(tenant, { Name: "Payroll" });
    await issue(tenant, { Name: "Scheduling", Active: false });
    const gone = await issue(tenant, { Name: "Old" });
    await api("DELETE", `/up/v5/entityToken/${gone.Id}`, { token: tenant.token });
    const page = await asAdmin();
    const figures = page.getByLabel("Tokens by status");
    await expect(figures.locator("dd")).toHaveText(["2", "1", "1"]);
    const main = page.getByRole("main");
    await expect(main.getByText(/^Active since/)).toBeVisible();
    await expect(main.getByText(tenant.entityId)).toBeVisible();
    await expect(main.getByText("it@tenant.example")).toBeVisible();
  });

  test("of a suspended Tenant says since when, why and what it means, on each page", async ({
    asAdmin,
    server,
    tenant,
    pageUrl,
  }) => {
    const page = await asAdmin();
    await server.broker("tenants", "suspend", tenant.entityId, "--reason", "Unpaid <b>bill</b>");
    for (const path of ["", "/tokens"]) {
      await page.goto(pageUrl(path));
      const banner = page.getByRole("region", { name: "Tenant status" });
      await expect(banner).toContainText("Suspended since");
      await expect(banner).toContainText("“Unpaid <b>bill</b>”");
      await expect(banner).toContainText("Every credential of this Tenant is refused");
    }
  });

  test("what needs attention leads to its token", async ({ asAdmin, issue, tenant, sql }) => {
    const { Id } = await issue(tenant, { Name: "Payroll" });
    await sql`update tokens set created_at = now() - interval '2 days' where id = ${Id}`;
    const page = await asAdmin();
    await page.getByRole("link", { name: /Payroll.*Never used/ }).click();
    await expect(page).toHaveURL(new RegExp(`/tokens/${Id}$`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Payroll");
  });

  test("lists the latest changes: who did what to what", async ({ asAdmin, issue, tenant }) => {
    await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin();
    await expect(page.getByText("Default token issued token Payroll")).toBeVisible();
  });
});
