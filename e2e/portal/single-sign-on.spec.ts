import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { type SignOn, signOnAs, startSignOn } from "@/e2e/support/open-id-provider";
import { axe, expect, type Person, test as portal } from "@/e2e/support/portal";
import { startServer } from "@/e2e/support/server";
import { signInTo } from "@/e2e/support/signed-in";

/** The portal's fixtures on a server that has a provider for single sign-on. */
const test = portal.extend<object, { signOn: SignOn }>({
  signOn: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const signOn = await startSignOn();
      await use(signOn);
      await signOn.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  server: [async ({ signOn }, use) => use(signOn.server), { scope: "worker" }],
});

test.afterEach(({ signOn }) => {
  signOn.tamper.ask = undefined;
  signOn.tamper.answer = undefined;
});

/** Gives somebody an account at the provider; answers its subject. */
function accountFor({ accounts }: SignOn, email: string, email_verified = true): string {
  const subject = `sub-${randomBytes(6).toString("hex")}`;
  accounts.set(subject, { email, email_verified, name: "Ada Example" });
  return subject;
}

const newEmail = () => `${randomBytes(5).toString("hex")}@people.example`;

async function expectRefusal(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(words);
  await expect(page).toHaveURL(/\/sign-in\?/);
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === "servicebroker.session")?.value || "").toBe("");
}

test.describe("Single sign-on", () => {
  test("leads a known person to the page that was asked for; by PKCE, state and nonce, each new", async ({
    page,
    tenant,
    person,
    pageUrl,
    signOn,
    sql,
  }) => {
    const { email } = await person({ tenant, role: "admin" });
    const subject = accountFor(signOn, email);
    await page.goto(pageUrl("/tokens"));
    await signOnAs(page, subject);
    await expect(page).toHaveURL(pageUrl("/tokens"));
    await expect(page.getByRole("heading", { level: 1, name: "Tokens" })).toBeVisible();
    const rows = await sql`
      select i.issuer, i.subject from user_identities i join users u on u.id = i.user_id
      where u.email = ${email}`;
    expect(rows).toMatchObject([{ issuer: signOn.issuer, subject }]);

    await page.context().clearCookies();
    await page.goto(pageUrl());
    await signOnAs(page, subject);
    await expect(page).toHaveURL(pageUrl());
    const [first, second] = signOn.asked.slice(-2) as [URLSearchParams, URLSearchParams];
    expect(first.get("code_challenge_method")).toBe("S256");
    expect(first.get("response_type")).toBe("code");
    for (const name of ["code_challenge", "state", "nonce"]) {
      expect(first.get(name), name).toMatch(/^[\w-]{43,}$/);
      expect(second.get(name), name).not.toBe(first.get(name));
    }
  });

  test("makes a session like any other: a row that a sign-out elsewhere ends at the next click", async ({
    page,
    tenant,
    person,
    pageUrl,
    server,
    signOn,
    sql,
  }) => {
    const who = await person({ tenant, role: "admin" });
    await page.goto(pageUrl("/tokens"));
    await signOnAs(page, accountFor(signOn, who.email));
    await expect(page).toHaveURL(pageUrl("/tokens"));
    const open = await sql`
      select s.id from sessions s join users u on u.id = s.user_id
      where u.email = ${who.email} and s.ended_at is null`;
    expect(open).toHaveLength(1);

    const elsewhere = await signInTo(server.url, who);
    const ended = await elsewhere.call("DELETE", `/api/account/sessions/${open[0]?.id}`);
    expect(ended.status).toBe(200);
    await page.getByRole("radio", { name: /^Revoked/ }).click();
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  });

  test("session of a disabled user is over at the next click; they are told why they don't get in", async ({
    page,
    tenant,
    person,
    pageUrl,
    server,
    signOn,
  }) => {
    const { email } = await person({ tenant, role: "admin" });
    const subject = accountFor(signOn, email);
    await page.goto(pageUrl("/tokens"));
    await signOnAs(page, subject);
    await expect(page).toHaveURL(pageUrl("/tokens"));
    await server.broker("users", "disable", email);
    await page.getByRole("radio", { name: /^Revoked/ }).click();
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await signOnAs(page, subject);
    await expectRefusal(page, /This account is disabled/);
  });

  test("makes an invited person a member, with the role that they were invited to", async ({
    page,
    tenant,
    person,
    pageUrl,
    server,
    signOn,
  }) => {
    const admin = await signInTo(server.url, await person({ tenant, role: "admin" }));
    const email = newEmail();
    const invited = await admin.call("POST", `/api/tenants/${tenant.entityId}/invitations`, {
      json: { email, role: "viewer" },
    });
    expect(invited.status).toBe(200);
    await page.goto("/sign-in");
    await signOnAs(page, accountFor(signOn, email.toUpperCase()));
    await expect(page).toHaveURL(pageUrl());
    const { body } = await admin.call("GET", `/api/tenants/${tenant.entityId}/members`);
    expect(body.invitations).toEqual([]);
    expect(body.members).toContainEqual(
      expect.objectContaining({ email, role: "viewer", name: "Ada Example" }),
    );
  });

  test("refuses an e-mail that nobody invited, and makes no account for it", async ({
    page,
    signOn,
    sql,
  }) => {
    const email = newEmail();
    await page.goto("/sign-in");
    await signOnAs(page, accountFor(signOn, email));
    await expectRefusal(page, /This account is not known here\. Ask an admin/);
    expect(await axe(page)).toEqual([]);
    expect(await sql`select id from users where email = ${email}`).toHaveLength(0);
  });

  for (const [what, claims] of [
    ["is not verified", { email_verified: false }],
    ["is said to be verified by a text", { email_verified: "true" as unknown as boolean }],
    ["is left out", { email: undefined }],
  ] as const) {
    test(`refuses a known e-mail that ${what}`, async ({ page, tenant, person, signOn, sql }) => {
      const { email } = await person({ tenant, role: "admin" });
      const subject = accountFor(signOn, email);
      signOn.accounts.set(subject, { email, email_verified: true, ...claims });
      await page.goto("/sign-in");
      await signOnAs(page, subject);
      await expectRefusal(page, /doesn't vouch for your e-mail address/);
      expect(await sql`select 1 from user_identities where subject = ${subject}`).toHaveLength(0);
    });
  }

  test("refuses another account with the e-mail of somebody who is linked already", async ({
    page,
    tenant,
    person,
    pageUrl,
    signOn,
  }) => {
    const { email } = await person({ tenant, role: "admin" });
    const [first, second] = [accountFor(signOn, email), accountFor(signOn, email)];
    await page.goto(pageUrl());
    await signOnAs(page, first);
    await expect(page).toHaveURL(pageUrl());
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await signOnAs(page, second);
    await expectRefusal(page, /Another account at your sign-in provider is linked/);
  });

  test("knows a linked person by subject: a changed or unverified e-mail there changes nothing", async ({
    page,
    tenant,
    person,
    pageUrl,
    signOn,
  }) => {
    const { email } = await person({ tenant, role: "admin" });
    const other = await person({ tenant, role: "viewer" });
    const subject = accountFor(signOn, email);
    await page.goto(pageUrl());
    await signOnAs(page, subject);
    await expect(page).toHaveURL(pageUrl());
    for (const claims of [
      { email: other.email, email_verified: true },
      { email, email_verified: false },
    ]) {
      await page.context().clearCookies();
      signOn.accounts.set(subject, claims);
      await page.goto(pageUrl("/tokens"));
      await signOnAs(page, subject);
      await expect(page).toHaveURL(pageUrl("/tokens"));
      await page.goto("/account");
      await expect(page.getByText(email).first()).toBeVisible();
    }
  });

  test("takes back who says no at the provider", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Continue with Example ID" }).click();
    await page.getByRole("link", { name: "Cancel" }).click();
    await expectRefusal(page, /answer could not be accepted/);
  });

  for (const foreign of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    test(`does not lead to ${foreign}`, async ({
      page,
      tenant,
      person,
      pageUrl,
      server,
      signOn,
    }) => {
      const { email } = await person({ tenant, role: "admin" });
      const { request } = page.context();
      const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
      // As a page of somebody else would have it, past what our own form allows.
      const answer = await request.post("/api/auth/signin/oidc", {
        headers: { Origin: server.url },
        form: { csrfToken, json: "true", callbackUrl: foreign },
      });
      await page.goto((await answer.json()).url);
      await page.getByPlaceholder("Enter any login").fill(accountFor(signOn, email));
      await page.getByPlaceholder("and password").fill("anything");
      await page.getByRole("button", { name: "Sign-in" }).click();
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page).toHaveURL(pageUrl());
    });
  }
});

test.describe("An answer of the provider", () => {
  /** Goes to the provider and back up to our own door; answers the address that opens it. */
  async function stopAtTheDoor(page: Page, signOn: SignOn, login: string): Promise<string> {
    let door = "";
    signOn.tamper.answer = (back) => {
      door = back;
      return `${signOn.issuer}/stopped`;
    };
    await page.goto("/sign-in");
    await signOnAs(page, login);
    await expect(page).toHaveURL(/\/stopped$/);
    return door;
  }

  function known(who: Person, signOn: SignOn): string {
    return accountFor(signOn, who.email);
  }

  test("opens nothing in another browser than the one that asked", async ({
    page,
    browser,
    tenant,
    person,
    signOn,
    server,
  }) => {
    const subject = known(await person({ tenant, role: "admin" }), signOn);
    const door = await stopAtTheDoor(page, signOn, subject);
    const victim = await (await browser.newContext({ baseURL: server.url })).newPage();
    await victim.goto(door);
    await expectRefusal(victim, /answer could not be accepted/);
    await victim.context().close();
  });

  test("opens nothing with another state, and nothing twice", async ({
    page,
    tenant,
    person,
    signOn,
    pageUrl,
  }) => {
    const subject = known(await person({ tenant, role: "admin" }), signOn);
    const door = new URL(await stopAtTheDoor(page, signOn, subject));
    const cookies = await page.context().cookies();
    const changed = new URL(door);
    changed.searchParams.set("state", "A".repeat(43));
    await page.goto(changed.href);
    await expectRefusal(page, /answer could not be accepted/);
    await page.context().addCookies(cookies);
    await page.goto(door.href);
    await expect(page).toHaveURL(pageUrl());
    await page.context().clearCookies();
    await page.context().addCookies(cookies);
    await page.goto(door.href);
    await expectRefusal(page, /answer could not be accepted/);
  });

  for (const [what, name] of [
    ["an ID token for another nonce", "nonce"],
    ["a code for another PKCE verifier", "code_challenge"],
  ] as const) {
    test(`opens nothing with ${what}`, async ({ page, tenant, person, signOn }) => {
      const subject = known(await person({ tenant, role: "admin" }), signOn);
      signOn.tamper.ask = (query) => query.set(name, "A".repeat(43));
      await page.goto("/sign-in");
      await signOnAs(page, subject);
      await expectRefusal(page, /answer could not be accepted/);
    });
  }
});

test.describe("A provider that signs with ES256", () => {
  for (const [what, env, welcome] of [
    ["is taken where the settings say so", { OIDC_ID_TOKEN_ALG: "ES256" }, true],
    ["is refused where they don't, and the log says why", {}, false],
  ] as const) {
    test(what, async ({ page }) => {
      const signOn = await startSignOn({ alg: "ES256", claimsInToken: true, env });
      const email = newEmail();
      await signOn.server.broker("users", "create", "--email", email, "--staff", "support");
      await page.goto(`${signOn.server.url}/sign-in`);
      await signOnAs(page, accountFor(signOn, email));
      if (welcome) await expect(page).toHaveURL(`${signOn.server.url}/`);
      else {
        await expectRefusal(page, /answer could not be accepted/);
        expect(signOn.server.logs()).toContain("expected RS256, got: ES256");
      }
      await signOn.stop();
    });
  }
});

test("A provider that can't be reached leaves the password as a way in", async ({ page }) => {
  const env = { OIDC_ISSUER: "http://127.0.0.1:9", OIDC_CLIENT_ID: "b", OIDC_CLIENT_SECRET: "s" };
  const server = await startServer({ env });
  const email = newEmail();
  const made = await server.broker("users", "create", "--email", email, "--staff", "support");
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole("button", { name: "Continue with single sign-on" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(/can't be reached right now/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(made.Password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${server.url}/`);
  await server.stop();
});
