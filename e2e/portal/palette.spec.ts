import type { Page } from "@playwright/test";
import { axe, expect, overflow, test, windows } from "@/e2e/support/portal";

const box = (page: Page) => page.getByRole("combobox", { name: "Go to" });
const open = async (page: Page) => {
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(box(page)).toBeFocused({ timeout: 2_000 });
  }).toPass();
};
/** Types a search and chooses what it marks, once the server has answered. */
const find = async (page: Page, text: string, label: string | RegExp) => {
  await box(page).fill(text);
  await expect(page.getByRole("option", { name: label, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
};
const options = (page: Page) => page.getByRole("option");

test.describe("The command palette", () => {
  test("finds one of 300 tokens by label, last characters, id, and pasted whole", async ({
    asAdmin,
    tenant,
    issue,
    sql,
  }) => {
    await sql`
      insert into tokens (id, tenant_id, name, token_hash, hint, scopes)
      select gen_random_uuid(), ${tenant.entityId}, 'Depot ' || n || ' gateway',
        sha256((${tenant.entityId} || n)::bytea), 'sbat_…' || lpad(n::text, 4, 'x'), '{broker}'
      from generate_series(1, 300) n`;
    const { JWT, Id } = await issue(tenant, { Name: "Payroll, production" });
    const page = await asAdmin();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    for (const text of ["payroll, prod", JWT.slice(-4), Id, JWT, `Bearer ${JWT}`]) {
      await open(page);
      await find(page, text, /^Payroll, production/);
      await expect(page).toHaveURL(new RegExp(Id));
      await expect(page.getByText("Payroll, production").first()).toBeVisible();
    }
    await open(page);
    await box(page).fill("depot 29");
    // Depot 29 and the ten from 290 on: as many as fit, the shortest first.
    await expect(options(page)).toHaveCount(8);
    await expect(options(page).first()).toContainText("Depot 29 gateway");
    expect(asked.join("\n")).not.toContain(JWT.slice(5, 20));
  });

  test("goes to a page, and to another Tenant of one's own; not to a stranger's", async ({
    page,
    asAdmin,
    provision,
    members,
    issue,
    sql,
  }) => {
    const mine = await provision();
    await issue(mine, { Name: "Of my other Tenant" });
    await sql`insert into memberships (tenant_id, user_id, role) values (${mine.entityId}, ${members.admin.userId}, 'viewer')`;
    const strange = await provision();
    await issue(strange, { Name: "Of a stranger" });
    await asAdmin();
    await open(page);
    await find(page, "memb", "Members");
    await expect(page.getByRole("heading", { level: 1, name: "Members" })).toBeVisible();

    await open(page);
    for (const text of [strange.entityId, strange.name, strange.token, strange.tokenId]) {
      await box(page).fill(text);
      await expect(page.getByText("Nothing goes by that.")).toBeVisible();
      await expect(options(page)).toHaveCount(0);
    }
    await box(page).fill("Of a");
    await expect(page.getByText("Nothing goes by that.")).toBeVisible();
    await box(page).fill("Of my");
    await expect(options(page)).toHaveCount(1);
    await expect(options(page)).toContainText(mine.name);

    await find(page, mine.name, new RegExp(mine.name));
    await expect(page).toHaveURL(new RegExp(`/t/${mine.entityId}$`));
  });

  test("opens the dialog of an action, once, over what is being looked at", async ({ asAdmin }) => {
    const page = await asAdmin();
    await open(page);
    await find(page, "invite", "Invite a member");
    await expect(page.getByRole("dialog", { name: "Invite somebody" })).toBeVisible();
    await expect(page).toHaveURL(/\/members$/);
    await page.keyboard.press("Escape");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Members" })).toBeVisible();
    await expect(page.getByRole("dialog")).toBeHidden();

    await page.goto(`${new URL(page.url()).pathname.replace("members", "tokens")}?status=active`);
    await open(page);
    await find(page, "issue", "Issue token");
    const dialog = page.getByRole("dialog", { name: "Issue a token" });
    await expect(dialog.getByLabel("Label")).toBeFocused();
    await expect(page).toHaveURL(/\/tokens\?status=active$/);
    // A dialog comes first: the key leaves it alone.
    await page.keyboard.press("ControlOrMeta+k");
    await expect(box(page)).toHaveCount(0);
    await expect(dialog).toBeVisible();
  });

  for (const [who, offered, withheld] of [
    ["viewer", ["Tokens", "Audit"], ["Issue token", "Provision Tenant", "Search Support"]],
    ["support", ["Search Support", "Refused calls"], ["Issue token", "Provision Tenant"]],
    ["operator", ["Staff accounts", "Provision Tenant"], ["Issue token", "Invite a member"]],
  ] as const) {
    test(`offers ${who} what is theirs, and nothing else`, async ({
      page,
      asViewer,
      person,
      signIn,
      pageUrl,
    }) => {
      if (who === "viewer") await asViewer();
      else {
        await signIn(await person({ staff: who }));
        await page.goto(pageUrl());
      }
      await open(page);
      for (const name of offered) {
        await expect(page.getByRole("option", { name: new RegExp(`^${name}`) })).toBeVisible();
      }
      for (const name of withheld) {
        await expect(page.getByRole("option", { name: new RegExp(`^${name}`) })).toHaveCount(0);
      }
    });
  }

  test("leads staff to any Tenant and to any token that they have a piece of", async ({
    page,
    person,
    signIn,
    tenant,
    issue,
  }) => {
    const { JWT, Id } = await issue(tenant, { Name: "Payroll" });
    await signIn(await person({ staff: "support" }));
    await page.goto("/support");
    for (const text of [JWT, JWT.slice(-4), Id]) {
      await open(page);
      await find(page, text, /^Payroll/);
      await expect(page).toHaveURL(new RegExp(`/t/${tenant.entityId}/tokens.*${Id}`));
      await page.goto("/account");
    }
    await open(page);
    await find(page, tenant.name, new RegExp(tenant.name));
    await expect(page.getByRole("heading", { level: 1, name: tenant.name })).toBeVisible();
  });

  test("by keyboard: a button, arrows that go round, the number of results, Escape and back", async ({
    asAdmin,
  }) => {
    const page = await asAdmin("/tokens");
    const button = page.getByRole("button", { name: /^Go to a token/ });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(box(page)).toBeFocused();
    await expect(page.getByRole("status").filter({ hasText: "results" })).toBeAttached();
    const selected = page.getByRole("option", { selected: true });
    await expect(selected).toHaveAccessibleName(/^Overview/);
    await page.keyboard.press("ArrowUp");
    await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(selected).toHaveAccessibleName(/^Tokens/);
    const id = (await selected.getAttribute("id")) as string;
    await expect(box(page)).toHaveAttribute("aria-activedescendant", id);
    await page.keyboard.press("Escape");
    await expect(box(page)).toHaveCount(0);
    await expect(button).toBeFocused();
  });

  test("a session that ended elsewhere leads to the sign-in page", async ({ asAdmin, sql }) => {
    const page = await asAdmin();
    await open(page);
    // What the palette asks first would notice it too, and take the box away before it is typed into.
    await page.waitForLoadState("networkidle");
    const ended =
      await sql`update sessions set ended_at = now() where ended_at is null returning id`;
    try {
      await box(page).fill("any");
      await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
    } finally {
      await sql`update sessions set ended_at = null where id in ${sql(ended.map(({ id }) => id))}`;
    }
  });

  for (const viewport of windows) {
    test(`axe finds nothing in it: ${viewport.width} px`, async ({ asAdmin, tenant, issue }) => {
      await issue(tenant, { Name: `pay\u202Ellor <img src=x> ${"W".repeat(70)}` });
      const page = await asAdmin();
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      await page
        .getByRole("button", { name: /^Go to a token/ })
        .locator("visible=true")
        .click();
      await expect(options(page).first()).toBeVisible();
      expect(await axe(page)).toEqual([]);
      await box(page).fill("pay");
      await expect(options(page).first()).toHaveText(/^pay\[U\+202E\]llor <img/);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await box(page).fill("nothing of the kind");
      await expect(page.getByText("Nothing goes by that.")).toBeVisible();
      expect(await axe(page)).toEqual([]);
    });
  }
});
