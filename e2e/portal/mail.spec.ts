import { createHash, randomBytes } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { type MailServer, startMail } from "@/e2e/support/mail-server";
import { choose, expect, test as portal } from "@/e2e/support/portal";
import { startServer, type TestServer } from "@/e2e/support/server";
import { signInTo, trySignIn } from "@/e2e/support/signed-in";

const PASSWORD = "correct horse battery staple";

/** The portal's fixtures on a server that has a mail server, which a test may stop. */
const test = portal.extend<object, { post: { mail: MailServer; port: number } }>({
  post: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const mail = await startMail();
      const post = { mail, port: mail.port };
      await use(post);
      await post.mail.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ post }, use) => {
      const server = await startServer({
        env: { SMTP_URL: `smtp://broker:secret@127.0.0.1:${post.port}` },
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const newEmail = () => `${randomBytes(5).toString("hex")}@mail.example`;

/** The newest mail to somebody, once it is there. */
async function mailTo(post: { mail: MailServer }, email: string, count = 1) {
  const theirs = () => post.mail.mails.filter(({ to }) => to.includes(email));
  await expect.poll(() => theirs().length).toBe(count);
  return theirs()[count - 1] as MailServer["mails"][number];
}

const secretOf = (link: string) => new URL(link).hash.slice(1);

async function invite(page: Page, email: string) {
  await page.getByRole("button", { name: "Invite" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  const answer = page.waitForResponse((response) => response.url().endsWith("/invitations"));
  await dialog.getByRole("button", { name: "Invite" }).click();
  return { dialog, body: await (await answer).json() };
}

test.describe("An invitation by mail", () => {
  test("arrives as text; its link makes an account and a member, once; the inviter sees no link", async ({
    asAdmin,
    browser,
    tenant,
    post,
    sql,
  }) => {
    const email = newEmail();
    const page = await asAdmin("/members");
    const { body } = await invite(page, email);
    expect(body).toMatchObject({ mailed: true, link: null });
    await expect(page.getByText("Invitation sent")).toBeVisible();
    await expect(page.getByRole("dialog")).toBeHidden();

    const mail = await mailTo(post, email);
    expect(mail.head).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(mail.head).toContain(`Subject: Invitation to ${tenant.name}`);
    expect(mail.head).toContain(`To: ${email}`);
    expect(mail.text).toContain(`admin invites you to ${tenant.name}`);
    expect(mail.text).toContain("within 72 hours");

    const secret = secretOf(mail.link);
    const [row] =
      await sql`select o.*, o::text as whole from one_time_links o where email = ${email}`;
    expect(row?.link_hash).toEqual(createHash("sha256").update(secret).digest());
    expect(row?.whole).not.toContain(secret);
    expect(row?.expires_at - row?.created_at).toBe(72 * 3_600_000);

    const guest = await (await browser.newContext()).newPage();
    await guest.goto(mail.link);
    await guest.getByLabel("Your name").fill("Grace Example");
    await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await guest.getByRole("button", { name: /^(Join|Accept|Create)/ }).click();
    await expect(guest).toHaveURL(new RegExp(`/t/${tenant.entityId}`));
    await guest.context().clearCookies();
    await guest.goto("about:blank");
    await guest.goto(mail.link);
    await expect(guest.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
    await guest.context().close();
    await page.reload();
    await expect(page.getByText("Grace Example")).toBeVisible();
  });

  test("is good for 72 hours and no longer", async ({ asAdmin, page: guest, post, sql }) => {
    const email = newEmail();
    await invite(await asAdmin("/members"), email);
    const { link } = await mailTo(post, email);
    const age = (by: string) => sql`
      update one_time_links set created_at = created_at - ${by}::interval,
        expires_at = expires_at - ${by}::interval where email = ${email}`;
    await guest.context().clearCookies();
    await age("71 hours 59 minutes");
    await guest.goto(link);
    await expect(guest.getByRole("heading", { name: /^Join/ })).toBeVisible();
    await age("1 minute");
    await guest.goto("about:blank");
    await guest.goto(link);
    await expect(guest.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  });

  test("that the mail server doesn't take is kept, said, shown to nobody, and sent again later", async ({
    asAdmin,
    post,
    sql,
  }) => {
    const email = newEmail();
    const page = await asAdmin("/members");
    await post.mail.close();
    const { dialog, body } = await invite(page, email);
    expect(body).toMatchObject({ mailed: false, link: null });
    await expect(dialog.getByRole("alert")).toContainText("No mail was sent");
    const open = await sql`select id from one_time_links where email = ${email}`;
    expect(open).toHaveLength(1);

    post.mail = await startMail(post.port);
    await dialog.getByRole("button", { name: "Send again" }).click();
    await expect(page.getByText("Invitation sent")).toBeVisible();
    await page.goto((await mailTo(post, email)).link);
    await expect(page.getByText(email)).toBeVisible();
    expect(await sql`select id from one_time_links where email = ${email}`).toHaveLength(1);
  });
});

test.describe("A new password by mail", () => {
  async function newcomer(server: {
    broker: (...args: string[]) => Promise<{ Password: string }>;
  }) {
    const email = newEmail();
    const args = ["users", "create", "--email", email, "--staff", "support"];
    return { email, password: (await server.broker(...args)).Password };
  }

  async function ask(page: Page, email: string) {
    await page.goto("/forgot-password");
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
  }

  test("is set by a link, once, within the hour; it ends every session", async ({
    page,
    server,
    post,
    sql,
  }) => {
    const who = await newcomer(server);
    const session = await signInTo(server.url, who);
    await ask(page, who.email);
    const mail = await mailTo(post, who.email);
    expect(mail.head).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(mail.head).toContain("Subject: Set a new password");
    const secret = secretOf(mail.link);
    const [row] = await sql`
      select o.*, o::text as whole from one_time_links o where email = ${who.email}`;
    expect(row?.link_hash).toEqual(createHash("sha256").update(secret).digest());
    expect(row?.whole).not.toContain(secret);
    expect(row?.expires_at - row?.created_at).toBe(3_600_000);

    await page.goto(mail.link);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("heading", { name: "Your password is set" })).toBeVisible();
    expect((await session.call("GET", "/api/account")).status).toBe(401);
    expect((await trySignIn(server.url, who)).answer.status).toBe(401);
    await signInTo(server.url, { ...who, password: PASSWORD });
    await page.goto("about:blank");
    await page.goto(mail.link);
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  });

  test("can't be set after an hour", async ({ page, server, post, sql }) => {
    const { email } = await newcomer(server);
    await ask(page, email);
    const { link } = await mailTo(post, email);
    await sql`update one_time_links set created_at = created_at - interval '1 hour',
      expires_at = expires_at - interval '1 hour' where email = ${email}`;
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  });

  test("asked for while the mail server is down leaves an earlier link good; asking again works", async ({
    page,
    server,
    post,
  }) => {
    const { email } = await newcomer(server);
    await ask(page, email);
    const { link: first } = await mailTo(post, email);
    await post.mail.close();
    const failures = () => server.logs().split("did not take a message").length;
    const before = failures();
    await ask(page, email);
    await expect.poll(failures).toBeGreaterThan(before);
    await page.goto(first);
    await expect(page.getByRole("heading", { name: "Set a new password" })).toBeVisible();

    post.mail = await startMail(post.port);
    await ask(page, email);
    const { link: third } = await mailTo(post, email);
    await page.goto(third);
    await expect(page.getByRole("heading", { name: "Set a new password" })).toBeVisible();
    await page.goto("about:blank");
    await page.goto(first);
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  });

  test("is mailed to nobody whom we don't know, with the same words", async ({
    page,
    server,
    post,
  }) => {
    const unknown = newEmail();
    await ask(page, unknown);
    const { email } = await newcomer(server);
    await ask(page, email);
    await mailTo(post, email);
    expect(post.mail.mails.filter(({ to }) => to.includes(unknown))).toEqual([]);
  });
});

test.describe("A new password that an operator lets a colleague set", () => {
  const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Link for a new password" });

  /** One of support whom the mail server can reach. */
  async function newColleague(server: TestServer): Promise<string> {
    const email = newEmail();
    await server.broker("users", "create", "--email", email, "--staff", "support");
    return email;
  }

  async function press(page: Page, button: string) {
    const answer = page.waitForResponse((response) => response.url().endsWith("/password-reset"));
    await dialogOf(page).getByRole("button", { name: button, exact: true }).click();
    return (await answer).json();
  }

  test("goes to the colleague by mail, and to nobody else; an earlier link is void then", async ({
    page,
    person,
    signIn,
    post,
    server,
  }) => {
    const email = await newColleague(server);
    await signIn(await person({ staff: "operator" }));
    await page.goto("/operator/staff");
    for (const count of [1, 2]) {
      await choose(page, new RegExp(email), "Link for a new password");
      await expect(dialogOf(page)).toContainText(`A link goes to ${email}`);
      await expect(dialogOf(page)).toContainText("holds for an hour");
      const body = await press(page, "Send the link");
      expect(body).toMatchObject({ email, mailed: true, link: null });
      // One of an earlier round may still be there, or have gone by itself.
      const said = page.getByText(`It is on its way to ${email} and holds for an hour.`);
      await expect(said.last()).toBeVisible();
      await expect(page.getByRole("dialog")).toBeHidden();
      await mailTo(post, email, count);
    }
    const [first, second] = post.mail.mails.filter(({ to }) => to.includes(email));
    expect(await page.content()).not.toContain(secretOf(second?.link as string));
    await page.context().clearCookies();
    await page.goto(first?.link as string);
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
    await page.goto("about:blank");
    await page.goto(second?.link as string);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("heading", { name: "Your password is set" })).toBeVisible();
  });

  test("that the mail server doesn't take is said, shown to nobody, leaves an earlier link good and is sent again", async ({
    page,
    person,
    signIn,
    post,
    server,
  }) => {
    const email = await newColleague(server);
    await signIn(await person({ staff: "operator" }));
    await page.goto("/operator/staff");
    await choose(page, new RegExp(email), "Link for a new password");
    await press(page, "Send the link");
    const { link: earlier } = await mailTo(post, email);
    const visitor = await page.context().browser()?.newPage();
    const open = async (link: string, heading: string) => {
      await visitor?.goto("about:blank");
      await visitor?.goto(link);
      await expect(visitor?.getByRole("heading", { name: heading }) as Locator).toBeVisible();
    };

    await post.mail.close();
    await choose(page, new RegExp(email), "Link for a new password");
    const body = await press(page, "Send the link");
    expect(body).toMatchObject({ email, mailed: false, link: null });
    await expect(dialogOf(page).getByRole("alert")).toContainText("No mail was sent");
    await open(earlier, "Set a new password");

    post.mail = await startMail(post.port);
    await press(page, "Send again");
    await expect(page.getByText("Link sent").last()).toBeVisible();
    const { link: later } = await mailTo(post, email);
    await open(later, "Set a new password");
    await open(earlier, "This link no longer works");
    await visitor?.close();
  });

  test("is printed on the command line all the same, and mailed to nobody", async ({
    person,
    server,
    post,
  }) => {
    const { email } = await person({ staff: "support" });
    const made = await server.broker("users", "reset-password", email);
    expect(made).toMatchObject({ Email: email, Link: expect.stringMatching(/#[\w-]{43}$/) });
    expect(post.mail.mails.filter(({ to }) => to.includes(email))).toEqual([]);
  });
});

portal.describe("Without a mail server", () => {
  portal("an inviter is shown the link, once, and gets on", async ({ asAdmin, page }) => {
    const email = newEmail();
    const { dialog, body } = await invite(await asAdmin("/members"), email);
    expect(body).toMatchObject({ mailed: false, link: expect.stringMatching(/#[\w-]{43}$/) });
    await expect(dialog.getByText("No mail was sent")).toBeVisible();
    await expect(dialog.getByLabel("Link", { exact: true })).toHaveValue(body.link);
    await page.context().clearCookies();
    await page.goto(body.link);
    await expect(page.getByRole("heading", { name: /^Join/ })).toBeVisible();
  });

  portal(
    "an operator is shown the link for a colleague's new password, once",
    async ({ page, person, signIn }) => {
      const { email } = await person({ staff: "support" });
      await signIn(await person({ staff: "operator" }));
      await page.goto("/operator/staff");
      await choose(page, new RegExp(email), "Link for a new password");
      await page.getByRole("button", { name: "Make the link" }).click();
      const link = page.getByRole("dialog").getByLabel("Link", { exact: true });
      await expect(link).toHaveValue(/\/reset-password#[\w-]{43}$/);
      const url = await link.inputValue();
      await page.getByRole("checkbox", { name: "I have passed it on" }).click();
      await page.getByRole("button", { name: "Done" }).click();
      await page.context().clearCookies();
      await page.goto(url);
      await expect(page.getByRole("heading", { name: "Set a new password" })).toBeVisible();
    },
  );

  portal("who forgot their password is told whom to ask", async ({ page }) => {
    await page.goto("/forgot-password");
    await expect(page.getByText("No mail is sent from here")).toBeVisible();
  });
});
