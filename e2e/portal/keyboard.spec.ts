import type { Locator, Page } from "@playwright/test";
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

/** Goes to something by Tab, round the page if need be, and presses a key there. */
async function press(page: Page, target: Locator, key?: string) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 100; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
  if (key) await page.keyboard.press(key);
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
    await expect(dialog.getByRole("textbox")).toBeFocused();
    await page.keyboard.type("Wages");
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(rowOf(page, "Wages")).toContainText("Revoked");
    await expect(page.getByRole("button", { name: "Actions for Wages" })).toBeFocused();
  });

  test("what is typed stays, however late the menu gives the focus back", async ({
    page,
    asAdmin,
    issue,
    tenant,
  }) => {
    await issue(tenant, { Name: "Payroll" });
    await page.addInitScript(() => {
      const { setTimeout } = window;
      window.setTimeout = ((work: () => void, ms = 0) =>
        setTimeout(work, ms || 500)) as typeof window.setTimeout;
    });
    await asAdmin("/tokens");
    await tabTo(page, "Actions for Payroll");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("Enter");
    const label = page.getByRole("dialog").getByLabel("Label");
    await expect(label).toBeFocused();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Wa");
    await page.waitForTimeout(1_000);
    await page.keyboard.type("ges");
    await expect(label).toHaveValue("Wages");
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

  test("somebody is invited, made an admin and removed", async ({ asAdmin, tenant, sql }) => {
    await sql`
      with made as (
        insert into users (id, email, name)
        values (gen_random_uuid(), ${`${tenant.entityId}@people.example`}, 'Colleague') returning id
      ) insert into memberships (tenant_id, user_id, role)
        select ${tenant.entityId}, id, 'viewer' from made`;
    const page = await asAdmin("/members");
    await tabTo(page, "Invite");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByLabel("E-mail")).toBeFocused();
    await page.keyboard.type("new@people.example");
    await page.keyboard.press("Tab");
    // Held as long as a finger would: it is the key being down that chooses.
    await page.keyboard.press("ArrowDown", { delay: 100 });
    await expect(page.getByRole("radio", { name: "Admin" })).toBeChecked();
    const submit = page.getByRole("dialog").getByRole("button", { name: "Invite" });
    await press(page, submit, "Enter");
    const link = page.getByRole("dialog", { name: "Pass this link on" });
    await expect(link.getByLabel("Link", { exact: true })).toHaveValue(/#[\w-]{43}$/);
    await press(page, link.getByRole("checkbox"), "Space");
    await tabTo(page, "Done");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Invite", exact: true })).toBeFocused();

    const actions = page.getByRole("button", { name: "Actions for Colleague" });
    await press(page, actions, "Enter");
    await expect(page.getByRole("menuitemradio", { name: "Admin" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(
      rowOf(page, /Colleague/)
        .getByRole("cell")
        .first(),
    ).toHaveText("Admin");
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Remove" })).toBeFocused();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("alertdialog", { name: "Remove member" });
    await press(page, dialog.getByRole("button", { name: "Remove" }), "Enter");
    await expect(rowOf(page, /Colleague/)).toHaveCount(0);
  });

  test("an operator provisions and suspends a Tenant, adds a staff account and rotates the key", async ({
    page,
    person,
    signIn,
    tenant,
  }) => {
    await signIn(await person({ staff: "operator" }));
    await page.goto("/operator");
    await tabTo(page, "Provision Tenant");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type("By keyboard");
    await page.keyboard.press("Tab");
    await page.keyboard.type("it@tenant.example");
    await page.keyboard.press("Enter");
    const made = page.getByRole("dialog", { name: "Tenant provisioned" });
    await expect(made).toBeVisible();
    await press(page, made.getByRole("checkbox"), "Space");
    await tabTo(page, "Done");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Provision Tenant" })).toBeFocused();

    await press(page, page.getByRole("searchbox"));
    await page.keyboard.type(tenant.name);
    await expect(page.getByRole("rowheader")).toHaveCount(1);
    await press(page, page.getByRole("button", { name: `Actions for ${tenant.name}` }), "Enter");
    await page.keyboard.type("su");
    await expect(page.getByRole("menuitem", { name: "Suspend" })).toBeFocused();
    await page.keyboard.press("Enter");
    const suspend = page.getByRole("alertdialog", { name: "Suspend Tenant" });
    await press(page, suspend.getByRole("textbox", { name: /^Type the name/ }));
    await page.keyboard.type(tenant.name);
    await press(page, suspend.getByLabel("Reason"));
    await page.keyboard.type("Unpaid");
    await press(page, suspend.getByRole("button", { name: "Suspend Tenant" }), "Enter");
    await expect(rowOf(page, tenant.name)).toContainText("Suspended");

    await page.goto("/operator/staff");
    await tabTo(page, "Add account");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
    await page.keyboard.type("Keys");
    await page.keyboard.press("Tab");
    await page.keyboard.type(`${tenant.entityId}@staff.example`);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Account added" })).toBeVisible();

    await page.goto("/operator/keys");
    await tabTo(page, "Rotate");
    await page.keyboard.press("Enter");
    const rotate = page.getByRole("alertdialog");
    await press(page, rotate.getByRole("button", { name: "Rotate" }), "Enter");
    await expect(page.getByText(/Rotation is planned|Signing key rotated/)).toBeVisible();
  });

  test("support searches, filters refused calls and opens a Tenant", async ({
    page,
    person,
    signIn,
    tenant,
  }) => {
    await signIn(await person({ staff: "support" }));
    await page.goto("/support");
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type(tenant.name);
    await page.keyboard.press("Enter");
    await tabTo(page, new RegExp(tenant.name), "link");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: tenant.name })).toBeVisible();
    await page.goto("/support/refusals");
    await press(page, page.getByRole("combobox", { name: "Reason" }), "Enter");
    const revoked = page.getByRole("option", { name: "Revoked", exact: true });
    await expect(revoked).toBeVisible();
    await page.keyboard.type("Rev");
    await expect(revoked).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/reason=revoked/);
  });

  test("a password is changed, and a session elsewhere is ended", async ({
    page,
    person,
    signIn,
    sql,
  }) => {
    const who = await person({ staff: "support" });
    await signIn(who);
    await sql`
      insert into sessions (id, session_hash, user_id, user_agent, expires_at)
      select gen_random_uuid(), sha256(email::bytea), id, 'Firefox/1 Windows', now() + interval '1 day'
      from users where email = ${who.email}`;
    await page.goto("/account");
    await press(page, page.getByRole("button", { name: /^Sign out Firefox on Windows/ }), "Enter");
    await expect(page.getByText("Signed out there")).toBeVisible();
    await press(page, page.getByLabel("Current password"));
    await page.keyboard.type(who.password);
    await press(page, page.getByLabel("New password"));
    await page.keyboard.type("a few unrelated words");
    await page.keyboard.press("Enter");
    await expect(page.getByText(/Password changed/)).toBeVisible();
  });
});
