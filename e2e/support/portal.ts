import { randomBytes } from "node:crypto";
import type { APIRequestContext, BrowserContext, Locator, Page } from "@playwright/test";
import axeCore, { type RunOptions } from "axe-core";
import postgres, { type Sql } from "postgres";
import { BROWSER_FLAGS, installedBrowser } from "./browser";
import type { TestServer } from "./server";
import { test as base, expect, type TestTenant } from "./test";

/** Somebody who can sign in. */
export type Person = { email: string; password: string };
type Place = { tenant: TestTenant; role: "admin" | "viewer" } | { staff: "support" | "operator" };

type Role = "admin" | "viewer";
type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

type Fixtures = {
  /** Creates a person, by the command line. */
  person: (place: Place) => Promise<Person>;
  /** Signs the page's browser in without its form, as a form that is filled in would. */
  signIn: (who: Person) => Promise<void>;
  /** Makes the worker's admin or viewer a member of the test's Tenant and opens a page of it. */
  asAdmin: (path?: string) => Promise<Page>;
  asViewer: (path?: string) => Promise<Page>;
  /** Where a page of the test's Tenant is. */
  pageUrl: (path?: string) => string;
  /** SQL on the worker's database. */
  sql: Sql;
};

type WorkerFixtures = {
  /** Two people who are signed in, for tests that are not about signing in. */
  members: Record<Role, { userId: string; cookies: Cookies }>;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  launchOptions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      await use({ executablePath: installedBrowser(), args: BROWSER_FLAGS });
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },

  sql: async ({ server }, use) => {
    const sql = postgres(server.databaseUrl, { max: 1 });
    await use(sql);
    await sql.end();
  },

  person: async ({ server }, use) => {
    await use((place) => createPerson(server, place));
  },

  signIn: async ({ server, context }, use) => {
    await use((who) => postSignIn(context.request, server, who));
  },

  members: [
    async ({ server, playwright }, use) => {
      const sql = postgres(server.databaseUrl, { max: 1 });
      const join = async (role: Role) => {
        const who = await createPerson(server, { staff: "support" });
        const request = await playwright.request.newContext();
        await postSignIn(request, server, who);
        const { cookies } = await request.storageState();
        await request.dispose();
        const [user] = await sql`
          update users set staff_role = null, name = ${role} where email = ${who.email} returning id`;
        return { userId: user?.id as string, cookies };
      };
      await use({ admin: await join("admin"), viewer: await join("viewer") });
      await sql.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  pageUrl: async ({ server, tenant }, use) => {
    await use((path = "") => `${server.url}/t/${tenant.entityId}${path}`);
  },

  asAdmin: async ({ page, tenant, members, sql, pageUrl }, use) => {
    await use((path) => openAs("admin", { page, tenant, members, sql }, pageUrl(path)));
  },

  asViewer: async ({ page, tenant, members, sql, pageUrl }, use) => {
    await use((path) => openAs("viewer", { page, tenant, members, sql }, pageUrl(path)));
  },
});

async function createPerson(server: TestServer, place: Place): Promise<Person> {
  const email = `${randomBytes(5).toString("hex")}@people.example`;
  const where =
    "staff" in place
      ? ["--staff", place.staff]
      : ["--tenant", place.tenant.entityId, "--role", place.role];
  const { Password } = await server.broker("users", "create", "--email", email, ...where);
  return { email, password: Password };
}

async function postSignIn(request: APIRequestContext, server: TestServer, who: Person) {
  const { csrfToken } = await (await request.get(`${server.url}/api/auth/csrf`)).json();
  const answer = await request.post(`${server.url}/api/auth/callback/credentials`, {
    headers: { Origin: server.url },
    form: { ...who, csrfToken, json: "true" },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

async function openAs(
  role: Role,
  on: { page: Page; tenant: TestTenant; sql: Sql } & WorkerFixtures,
  url: string,
): Promise<Page> {
  const { userId, cookies } = on.members[role];
  await on.sql`
    insert into memberships (tenant_id, user_id, role) values (${on.tenant.entityId}, ${userId}, ${role})`;
  await on.page.context().addCookies(cookies);
  await on.page.goto(url);
  return on.page;
}

export { expect };

/** The table's row of a token. */
export const rowOf = (page: Page, label: string | RegExp): Locator =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: label }) });

/** Chooses something from the menu of a token's row. */
export async function choose(page: Page, label: string | RegExp, action: string): Promise<void> {
  await rowOf(page, label)
    .getByRole("button", { name: /^Actions for / })
    .click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

/** The widths in CSS pixels that pages are looked at in. */
export const windows = [
  { width: 1440, height: 900 },
  { width: 360, height: 780 },
];

/** The rules whose answer a theme can change: it changes colours and nothing else. */
const colourRules = ["color-contrast", "link-in-text-block"];
const themes: [theme: "dark" | "light", rules: RunOptions][] = [
  ["dark", { runOnly: colourRules }],
  // A menu opens outside every landmark, which is where ARIA's authoring guide puts it.
  ["light", { rules: { region: { enabled: false } } }],
];

/** What axe finds wrong with the page as it is, a line each, in the light theme and in the dark one. */
export async function axe(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(axeCore.source);
    // Colours would go over from one theme to the other, and one element after the other.
    await page.evaluate(() => {
      const still = new CSSStyleSheet();
      still.replaceSync("*, ::before, ::after { transition: none !important }");
      document.adoptedStyleSheets.push(still);
    });
  }
  const found: string[] = [];
  for (const [theme, rules] of themes) {
    await page.emulateMedia({ colorScheme: theme });
    const violations = await page.evaluate(
      async (options) => {
        const results = await (window as unknown as { axe: typeof axeCore }).axe.run(options);
        return results.violations.map(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      },
      // Without it, most of the time goes into describing what is right.
      { resultTypes: ["violations"], ...rules } satisfies RunOptions as RunOptions,
    );
    found.push(...violations.flat().map((line) => `${theme}: ${line.slice(0, 240)}`));
  }
  return found;
}

/** How far the page is wider than its window, in CSS pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

type LayoutShift = {
  value: number;
  sources: { node?: Node; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
};

/** Has every page that this one opens from now on remember what moves on it by itself. */
export async function watchMoves(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moves: string[] = [];
    (window as unknown as { moves: string[] }).moves = moves;
    const of = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}x${height}`;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as unknown as LayoutShift;
        if (sources.length === 0) moves.push(`Something moved, by ${value}`);
        for (const { node, previousRect, currentRect } of sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          const what = element?.outerHTML.slice(0, 200) ?? "What is gone";
          moves.push(`${what} moved from ${of(previousRect)} to ${of(currentRect)}`);
        }
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** What has moved on the page, a line each. */
export const movesOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { moves: string[] }).moves);
