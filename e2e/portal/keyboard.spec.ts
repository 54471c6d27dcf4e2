import type { Page } from "@playwright/test";
import { expect, rowOf, test } from "@/e2e/support/portal";

/** Presses Tab until something has the focus; fails after a hundred. */
async function tabTo(page: Page, name: string | RegExp, role: "button" | "link" = "button") {
  const target = page.getByRole(role, { name }).locator("visible=true").first();
  for (let presses = 0; presses < 100; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${name}`);
}

test.describe("By keyboard alone", () => {
  test("the first Tab offers to skip the navigation", async ({ asAdmin }) => {
    const page = await asAdmin("/tokens");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Issue token" })).toBeFocused();
  });

  test("a token is issued, and the focus comes back to where it was", async ({ asAdmin, api }) => {
    const page = await asAdmin("/tokens");
    await tabTo(page, "Issue token");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByLabel("Label")).toBeFocused();
    await page.keyboard.type("Payroll");
    await page.keyboard.press("Enter");
    const issued = page.getByRole("dialog", { name: "Token issued" });
    const secret = await issued.getByLabel("Token", { exact: true }).inputValue();
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press("Tab");
      const stored = issued.getByRole("checkbox", { name: "I have stored it" });
      if (await stored.evaluate((box) => box === document.activeElement)) break;
    }
    await page.keyboard.press("Space");
    await tabTo(page, "Done");
    await page.keyboard.press("Enter");
    await expect(issued).toBeHidden();
    await expect(page.getByRole("button", { name: "Issue token" })).toBeFocused();
    expect((await api("GET", "/up/v5/verify", { token: secret })).status).toBe(200);
  });

  test("a token is renamed, then revoked, from its menu", async ({ asAdmin, issue, tenant }) => {
    await issue(tenant, { Name: "Payroll" });
    const page = await asAdmin("/tokens");
    await tabTo(page, "Actions for Payroll");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("Enter");
    const label = page.getByRole("dialog").getByLabel("Label");
    await expect(label).toBeFocused();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Wages");
    await page.keyboard.press("Enter");
    await expect(rowOf(page, "Wages")).toBeVisible();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.getByRole("button", { name: "Actions for Wages" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Revoke" })).toBeFocused();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("alertdialog");
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await expect(dialog.getByRole("textbox")).toBeFocused();
    await page.keyboard.type("Wages");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(rowOf(page, "Wages")).toContainText("Revoked");
    await expect(page.getByRole("button", { name: "Actions for Wages" })).toBeFocused();
  });

  test("Tenants are switched by typing, arrows and Enter", async ({
    page,
    asAdmin,
    provision,
    members,
    sql,
  }) => {
    const other = await provision({ Domain: "field.example" });
    await sql`insert into memberships (tenant_id, user_id, role) values (${other.entityId}, ${members.admin.userId}, 'viewer')`;
    await asAdmin();
    await tabTo(page, /^Tenant: /);
    await page.keyboard.press("Enter");
    await expect(page.getByPlaceholder("Find a Tenant")).toBeFocused();
    await expect(page.getByRole("group", { name: "field.example" })).toBeVisible();
    await page.keyboard.type(other.name);
    await expect(page.getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/t/${other.entityId}$`));
    await expect(page.getByRole("heading", { level: 1, name: other.name })).toBeVisible();
  });
});
