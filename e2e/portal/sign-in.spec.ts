import { expect, type Person, test } from "@/e2e/support/portal";

async function fillIn(page: import("@playwright/test").Page, who: Person) {
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password").fill(who.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test.describe("Signing in", () => {
  test("leads to the page that was asked for", async ({ page, tenant, person, pageUrl }) => {
    const who = await person({ tenant, role: "admin" });
    await page.goto(pageUrl("/tokens"));
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
    await fillIn(page, who);
    await expect(page).toHaveURL(pageUrl("/tokens"));
    await expect(page.getByRole("heading", { level: 1, name: "Tokens" })).toBeVisible();
  });

  test("a person of one Tenant lands on its overview", async ({
    page,
    tenant,
    person,
    pageUrl,
  }) => {
    const who = await person({ tenant, role: "viewer" });
    await page.goto("/");
    await fillIn(page, who);
    await expect(page).toHaveURL(pageUrl());
    await expect(page.getByRole("heading", { level: 1, name: tenant.name })).toBeVisible();
  });

  test("says the same of a wrong password and of an unknown account", async ({
    page,
    tenant,
    person,
  }) => {
    const who = await person({ tenant, role: "admin" });
    const said: (string | null)[] = [];
    for (const attempt of [
      { ...who, password: "wrong" },
      { email: "nobody@people.example", password: "wrong" },
    ]) {
      await page.goto("/sign-in");
      await fillIn(page, attempt);
      said.push(await page.getByRole("main").getByRole("alert").textContent());
    }
    expect(said).toEqual(Array(2).fill("E-mail and password don't match."));
  });

  for (const foreign of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
  ]) {
    test(`does not lead to ${foreign}`, async ({ page, tenant, person, pageUrl }) => {
      const who = await person({ tenant, role: "admin" });
      await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(foreign)}`);
      await fillIn(page, who);
      await expect(page).toHaveURL(pageUrl());
    });
  }

  test("is refused for a while after ten wrong passwords, then even with the right one", async ({
    page,
    tenant,
    person,
    server,
  }) => {
    const who = await person({ tenant, role: "admin" });
    const { request } = page.context();
    const attempt = async (password: string) => {
      const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
      const answer = await request.post("/api/auth/callback/credentials", {
        headers: { Origin: server.url },
        form: { email: who.email, password, csrfToken, json: "true" },
      });
      return new URL((await answer.json()).url).searchParams.get("error");
    };
    for (let tries = 0; tries < 10; tries++)
      expect(await attempt("wrong")).toBe("CredentialsSignin");
    expect(await attempt(who.password)).toBe("too_many_requests");
    await page.goto("/sign-in");
    await fillIn(page, who);
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(/Too many attempts/);
  });
});

test.describe("A session", () => {
  test("has a cookie that scripts can't read, anew at each sign-in, and not on disk in plain", async ({
    page,
    signIn,
    person,
    tenant,
    sql,
  }) => {
    const who = await person({ tenant, role: "admin" });
    await signIn(who);
    await page.goto("/");
    const cookie = async () =>
      (await page.context().cookies()).find(({ name }) => name === "servicebroker.session");
    const first = await cookie();
    expect(first).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(await page.evaluate(() => document.cookie)).not.toContain("session");
    await signIn(who);
    expect((await cookie())?.value).not.toBe(first?.value);
    const rows = await sql`select session_hash from sessions`;
    for (const row of rows)
      expect(first?.value).not.toContain(row.session_hash.toString("base64url"));
  });

  test("is over once signed out, also for one who kept the cookie", async ({
    page,
    tenant,
    person,
    signIn,
    pageUrl,
  }) => {
    await signIn(await person({ tenant, role: "admin" }));
    await page.goto(pageUrl());
    const kept = await page.context().cookies();
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await page.context().addCookies(kept);
    await page.goto(pageUrl());
    await expect(page).toHaveURL(/\/sign-in\?/);
  });

  test("is over at the next click once its user is disabled", async ({
    page,
    tenant,
    person,
    signIn,
    pageUrl,
    server,
  }) => {
    const who = await person({ tenant, role: "admin" });
    await signIn(who);
    await page.goto(pageUrl("/tokens"));
    await server.broker("users", "disable", who.email);
    await page.getByRole("radio", { name: /^Revoked/ }).click();
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  });

  test("is over after 8 hours without a request and after 7 days in any case", async ({
    page,
    tenant,
    person,
    signIn,
    pageUrl,
    sql,
  }) => {
    const who = await person({ tenant, role: "admin" });
    await signIn(who);
    const [session] = await sql`
      select s.id from sessions s join users u on u.id = s.user_id where u.email = ${who.email}`;
    const set = (change: ReturnType<typeof sql>) =>
      sql`update sessions set ${change} where id = ${session?.id}`;
    await set(sql`last_seen_at = now() - interval '7 hours 59 minutes'`);
    await page.goto(pageUrl());
    await expect(page).toHaveURL(pageUrl());
    await set(sql`last_seen_at = now() - interval '8 hours 1 second'`);
    await page.goto(pageUrl());
    await expect(page).toHaveURL(/\/sign-in\?/);
    await set(sql`last_seen_at = now(), expires_at = now() - interval '1 second'`);
    await page.goto(pageUrl());
    await expect(page).toHaveURL(/\/sign-in\?/);
  });
});

test("signing in is in the Tenant's audit log", async ({
  page,
  tenant,
  person,
  signIn,
  pageUrl,
}) => {
  const who = await person({ tenant, role: "admin" });
  await signIn(who);
  await page.goto(pageUrl());
  await expect(page.getByText(`${who.email} signed in`)).toBeVisible();
});
