import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { startInParts } from "@/e2e/support/in-parts";
import {
  axe,
  test as base,
  choose,
  expect,
  movesOn,
  overflow,
  type Person,
  rowOf,
  watchMoves,
  windows,
} from "@/e2e/support/portal";

/** An operator who is an admin of the test's Tenant too: every page is theirs to see. */
const test = base.extend<{ everybody: Person; colleague: string; inParts: string }>({
  everybody: async ({ person, signIn, tenant, sql }, use) => {
    const who = await person({ staff: "operator" });
    await signIn(who);
    await sql`
      insert into memberships (tenant_id, user_id, role)
      select ${tenant.entityId}, id, 'admin' from users where email = ${who.email}`;
    await use(who);
  },
  /** The way to the server by which pages arrive in parts. */
  inParts: async ({ server }, use) => {
    const parts = await startInParts(server.url);
    await use(parts.url);
    parts.end();
  },
  /** The name of somebody who is a viewer of the Tenant and on the staff, with a second step. */
  colleague: async ({ tenant, sql }, use) => {
    const name = `Colleague ${randomBytes(4).toString("hex")}`;
    const [user] = await sql`
      insert into users (id, email, name, staff_role, totp_ciphertext, totp_confirmed_at)
      values (gen_random_uuid(), ${`${name.replace(" ", ".").toLowerCase()}@people.example`},
        ${name}, 'support', '\\x00', now()) returning id`;
    await sql`insert into memberships (tenant_id, user_id, role) values (${tenant.entityId}, ${user?.id}, 'viewer')`;
    await use(name);
  },
});

const onPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 500;

const staffPages = [
  ...["/", "/account", "/support", "/support?q=Tenant", "/support?q=nothing-of-the-kind"],
  ...["/support/tenants", "/support/refusals", "/operator", "/operator/staff", "/operator/keys"],
];
const tenantPages = [
  ...["", "/tokens", "/tokens?search=nothing", "/clients", "/audit", "/members", "/settings"],
  "/no-such-page",
];

for (const viewport of windows) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport, contextOptions: { reducedMotion: "reduce" } });
    test.slow();

    test("every page: axe finds nothing, none scrolls sideways, and nothing moves as it arrives", async ({
      page,
      everybody,
      colleague,
      tenant,
      issue,
      inParts,
    }) => {
      expect(everybody.email && colleague).toBeTruthy();
      await issue(tenant, { Name: `pay\u202Ellor <b>${"W".repeat(80)}`, Active: false });
      await watchMoves(page);
      const ofTenant = (path: string) => `/t/${tenant.entityId}${path}`;
      const ofToken = ofTenant(`/tokens/${tenant.tokenId}`);
      for (const path of [...staffPages, ...tenantPages.map(ofTenant), ofToken]) {
        await page.goto(`${inParts}${path}`);
        expect(new URL(page.url()).pathname, "led elsewhere").toBe(path.split("?")[0]);
        await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
        await page.waitForLoadState("networkidle");
        expect(await movesOn(page), path).toEqual([]);
        expect(await axe(page), path).toEqual([]);
        expect(await overflow(page), path).toBeLessThanOrEqual(0);
      }
    });

    test("every page for who is not signed in: the same", async ({ page }) => {
      for (const path of [
        ...["/sign-in", "/sign-in?error=unknown_account", "/forgot-password", "/docs"],
        ...["/reset-password#gone", "/accept-invitation#gone", "/no-such-page"],
      ]) {
        await page.goto("about:blank");
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
        await page.waitForLoadState("networkidle");
        expect(await axe(page), path).toEqual([]);
        expect(await overflow(page), path).toBeLessThanOrEqual(0);
      }
    });
  });
}

for (const viewport of windows) {
  test.describe(`dialogs, ${viewport.width} px`, () => {
    test.use({ viewport, contextOptions: { reducedMotion: "reduce" } });
    test.slow();

    /** Looks at what has opened, then closes it. */
    const sound = async (page: Page, name: string | RegExp, role: "dialog" | "alertdialog") => {
      await expect(page.getByRole(role, { name })).toBeVisible();
      expect(await axe(page), String(name)).toEqual([]);
      expect(await overflow(page), String(name)).toBeLessThanOrEqual(0);
      await page.keyboard.press("Escape");
      await expect(page.getByRole(role, { name })).toBeHidden();
    };
    /** Looks at what is shown once, then says that it is stored. */
    const stored = async (page: Page, name: string) => {
      const dialog = page.getByRole("dialog", { name });
      await expect(dialog).toBeVisible();
      expect(await axe(page), name).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(dialog).toBeVisible();
      await dialog.getByRole("checkbox").click();
      await dialog.getByRole("button", { name: "Done" }).click();
      await expect(dialog).toBeHidden();
    };
    const submit = (page: Page) => page.getByRole("dialog").locator("button[type=submit]").click();

    test("axe finds nothing in any dialog of people and staff", async ({
      page,
      everybody,
      colleague,
      pageUrl,
    }) => {
      expect(everybody.email).toBeTruthy();
      await page.goto(pageUrl("/members?act=invite"));
      const invite = page.getByRole("dialog", { name: "Invite somebody" });
      await invite.getByLabel("E-mail").fill("no address");
      await submit(page);
      await expect(invite.getByText("Give an e-mail address.")).toBeVisible();
      expect(await axe(page)).toEqual([]);
      await invite.getByLabel("E-mail").fill("new@people.example");
      await submit(page);
      await stored(page, "Pass this link on");
      await choose(page, new RegExp(colleague), "Remove");
      await sound(page, "Remove member", "alertdialog");

      await page.goto("/operator/staff?act=create");
      await submit(page);
      await expect(page.getByText("Give a name.")).toBeVisible();
      expect(await axe(page)).toEqual([]);
      const given = `${randomBytes(5).toString("hex")}@people.example`;
      await page.getByRole("dialog").getByLabel("Name").fill("New colleague");
      await page.getByRole("dialog").getByLabel("E-mail").fill(given);
      await submit(page);
      await stored(page, "Account added");
      await choose(page, new RegExp(colleague), "Disable");
      await sound(page, "Disable account", "alertdialog");
      await choose(page, new RegExp(colleague), "Turn off two-step sign-in");
      await sound(page, "Turn off two-step sign-in", "alertdialog");
      await choose(page, new RegExp(colleague), "Link for a new password");
      await page.getByRole("button", { name: "Make the link" }).click();
      await stored(page, "Pass this link on");
    });

    test("axe finds nothing in any dialog of the operator, of clients, audit and account", async ({
      page,
      everybody,
      provision,
      pageUrl,
    }) => {
      const other = await provision();
      await page.goto(`/operator?act=provision`);
      await submit(page);
      await expect(page.getByText("Give it a name.")).toBeVisible();
      await sound(page, "Provision a Tenant", "dialog");
      await page.getByRole("searchbox").fill(other.name);
      await expect(page.getByRole("rowheader")).toHaveCount(1);
      await choose(page, other.name, "Suspend");
      await sound(page, "Suspend Tenant", "alertdialog");
      await choose(page, other.name, "Delete");
      await sound(page, "Delete Tenant", "alertdialog");
      await page.goto("/operator/keys?act=rotate");
      await sound(page, "Rotate the signing key", "alertdialog");

      await page.goto(pageUrl("/clients?act=create"));
      await page.getByRole("dialog").getByLabel("Label").fill("Robots");
      await submit(page);
      await stored(page, "Client created");
      for (const [action, name, role] of [
        ["Rename", "Rename client", "dialog"],
        ["Secrets", "Secrets", "dialog"],
        ["Revoke", "Revoke client", "alertdialog"],
      ] as const) {
        await choose(page, "Robots", action);
        await sound(page, name, role);
      }
      await page.goto(pageUrl("/audit"));
      await page.getByRole("rowheader").first().getByRole("button").click();
      await sound(page, /client Robots/, "dialog");

      await page.goto("/account");
      await page.getByRole("button", { name: "Turn on" }).click();
      const turnOn = page.getByRole("dialog", { name: "Turn on two-step sign-in" });
      await turnOn.getByLabel("Your password").fill(everybody.password);
      expect(await axe(page)).toEqual([]);
      await submit(page);
      await expect(turnOn.getByText("Can't scan it?")).toBeVisible();
      // Scanners want dark on light, in the dark theme too.
      const qrCode = turnOn.getByRole("img", { name: "QR code of the seed" });
      await expect(qrCode).toHaveCSS("background-color", "rgb(255, 255, 255)");
      await sound(page, "Turn on two-step sign-in", "dialog");
    });

    test("the menu of a person and the drawer of a phone", async ({
      page,
      everybody,
      colleague,
      pageUrl,
    }) => {
      expect(everybody.email).toBeTruthy();
      await page.goto(pageUrl("/members"));
      await rowOf(page, new RegExp(colleague))
        .getByRole("button", { name: /^Actions/ })
        .click();
      await expect(page.getByRole("menuitemradio", { name: "Viewer" })).toBeVisible();
      expect(await axe(page)).toEqual([]);
      await page.keyboard.press("Escape");
      if (!onPhone(page)) return;
      await page.getByRole("button", { name: "Open navigation" }).click();
      await sound(page, "ServiceBroker Access", "dialog");
    });
  });
}
