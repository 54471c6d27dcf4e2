import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import postgres from "postgres";
import { ensureBuild } from "@/bin/build";
import setUpDatabase from "@/e2e/support/global-setup";
import { BROWSER_FLAGS, ensureBrowser } from "./support/browser";
import {
  countsAreIn,
  type SeededTenant,
  type State,
  seedOthers,
  seedPeople,
  seedStates,
  seedTenant,
  signedIn,
} from "./support/seed";
import { startServer, type TestServer } from "./support/server";

/**
 * `npm run screenshots [-- FOLDER] [-- --only=PART] [-- --readme]`: every page, or those with a part
 * in their name, in both themes and both widths, from seeded data: one Tenant with 3 tokens, one
 * with 300 and one with a token in each state. With `--readme` the README's pictures only, in
 * `public/screenshots`.
 */
const readmeOnly = process.argv.includes("--readme");
const only = process.argv.find((word) => word.startsWith("--only="))?.slice("--only=".length) ?? "";
const folder = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "screenshots";
const widths = [1440, 360] as const;
const themes = ["light", "dark"] as const;

type AriaRole = Parameters<Page["getByRole"]>[0];

/** A page, and what to do on it before the picture is taken: of the window then, else of all. */
type Shot = {
  name: string;
  path: string;
  status?: number;
  open?: (page: Page) => Promise<unknown>;
  /** What to wait for before all of the page is taken. */
  ready?: (page: Page) => Promise<unknown>;
};

async function shoot(
  browser: Browser,
  server: TestServer,
  state: State | undefined,
  shots: Shot[],
) {
  const wanted = shots.filter(({ name }) => name.includes(only));
  if (wanted.length === 0) return;
  for (const theme of themes) {
    for (const width of widths) {
      const viewport = { width, height: width === 360 ? 780 : 900 };
      const context = await browser.newContext({
        storageState: state,
        colorScheme: theme,
        viewport,
        timezoneId: "Europe/Vienna",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      for (const { name, path, status = 200, open, ready } of wanted) {
        // Elsewhere first: another fragment alone would not load the page anew.
        await page.goto("about:blank");
        const answer = await page.goto(server.url + path, { waitUntil: "networkidle" });
        if (answer && answer.status() !== status) {
          throw new Error(`${path} answered ${answer.status()}.`);
        }
        await (open ?? ready)?.(page);
        const file = join(folder, `${name}-${width}-${theme}.png`);
        await page.screenshot({ path: file, fullPage: !open });
        process.stdout.write(`${file}\n`);
        // What a dialog asks before it is left is not asked here.
        if (open) await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
      }
      await context.close();
    }
  }
}

const openPalette = async (page: Page) => {
  const button = page.getByRole("button", { name: /^Go to a token/ });
  await button.locator("visible=true").click();
  await page.getByRole("combobox").fill("to");
  await page.getByRole("option", { name: "Default token" }).waitFor();
};
const act = (path: string, role: "dialog" | "alertdialog" = "dialog") => ({
  path,
  open: (page: Page) => page.getByRole(role).waitFor(),
});

/** Every primitive: the page as a whole, then with each of what opens over it. */
const opened = (
  name: string,
  role: "button" | "combobox",
  press: string,
  shown: AriaRole,
): Shot => ({
  name: `primitives-${name}`,
  path: "/dev/ui",
  open: async (page) => {
    await page.getByRole(role, { name: press, exact: true }).first().click();
    await page.getByRole(shown).first().waitFor();
  },
});
const primitives: Shot[] = [
  {
    name: "primitives",
    path: "/dev/ui",
    ready: (page) => page.locator(".recharts-surface").nth(1).waitFor(),
  },
  opened("dialog", "button", "Dialog", "dialog"),
  opened("confirm", "button", "Dangerous act", "alertdialog"),
  opened("menu", "button", "Acts", "menu"),
  opened("select", "combobox", "Status", "listbox"),
  {
    name: "primitives-toast",
    path: "/dev/ui",
    open: async (page) => {
      await page.getByRole("button", { name: "Toast, error" }).click();
      await page.getByText("The token could not be renamed").waitFor();
    },
  },
  {
    name: "primitives-tooltip",
    path: "/dev/ui",
    open: async (page) => {
      await page.getByRole("button", { name: "Tooltip" }).hover();
      await page.getByText("24 Nov 2026, 14:03:09 UTC").first().waitFor();
    },
  },
];

const everyday = ["ServiceScheduling", "ServiceMobility", "Acme ERP (customer system)"];
const many = Array.from({ length: 300 }, (_, index) => `Depot ${index + 1} gateway`);

async function shootAll(browser: Browser, server: TestServer, few: SeededTenant, admin: State) {
  const person = (name: string, ...place: string[]) =>
    signedIn(browser, server, {
      name,
      email: `${name.toLowerCase()}@servicebroker.example`,
      place,
    });
  const lots = await seedTenant(server, "Contoso Facilities", many);
  await seedOthers(server);
  const invitation = await seedPeople(server, admin.call, few.entityId);
  const viewer = await person("Viewer", "--tenant", lots.entityId, "--role", "viewer");
  const support = await person("Support", "--staff", "support");
  const operator = await person("Operator", "--staff", "operator");
  await server.broker(
    ...["users", "create", "--email", "gone@servicebroker.example", "--staff", "support"],
  );
  await server.broker("users", "disable", "gone@servicebroker.example");
  const staff = (await operator.call("GET", "/api/operator/staff")).body;
  const colleague = staff.find(({ email }: { email: string }) => email.startsWith("support@"));
  const reset = (await operator.call("POST", `/api/operator/staff/${colleague.id}/password-reset`))
    .body.link;
  await countsAreIn();
  const local = (link: string) => link.replace(/^https?:\/\/[^/]+/, "");

  const pagesOf = ({ entityId, tokenId }: SeededTenant, prefix: string): Shot[] => [
    { name: `${prefix}-overview`, path: `/t/${entityId}` },
    { name: `${prefix}-tokens`, path: `/t/${entityId}/tokens` },
    { name: `${prefix}-token`, path: `/t/${entityId}/tokens/${tokenId}` },
    { name: `${prefix}-clients`, path: `/t/${entityId}/clients` },
    { name: `${prefix}-audit`, path: `/t/${entityId}/audit` },
    { name: `${prefix}-members`, path: `/t/${entityId}/members` },
    { name: `${prefix}-settings`, path: `/t/${entityId}/settings` },
  ];
  const few$ = `/t/${few.entityId}`;
  await shoot(browser, server, undefined, [
    { name: "sign-in", path: "/sign-in" },
    { name: "forgot-password", path: "/forgot-password" },
    { name: "reset-password", path: local(reset) },
    { name: "reset-password-over", path: "/reset-password#gone" },
    { name: "accept-invitation", path: local(invitation) },
    { name: "accept-invitation-over", path: "/accept-invitation#gone" },
    { name: "docs", path: "/docs" },
    { name: "not-found", path: "/no-such-page", status: 404 },
  ]);
  await shoot(browser, server, admin, [
    ...pagesOf(few, "few"),
    { name: "few-tokens-issue", ...act(`${few$}/tokens?act=issue`) },
    { name: "few-tokens-none", path: `${few$}/tokens?search=nothing` },
    { name: "few-clients-create", ...act(`${few$}/clients?act=create`) },
    { name: "few-members-invite", ...act(`${few$}/members?act=invite`) },
    { name: "few-palette", path: few$, open: openPalette },
    { name: "account", path: "/account" },
    { name: "forbidden", path: "/operator", status: 403 },
  ]);
  await shoot(browser, server, viewer, pagesOf(lots, "many"));
  await shoot(browser, server, support, [
    { name: "start", path: "/" },
    { name: "support", path: "/support" },
    { name: "support-found", path: "/support?q=acme" },
    { name: "support-token", path: `/support?q=${few.tokenId}` },
    { name: "support-none", path: "/support?q=nothing" },
    { name: "support-tenants", path: "/support/tenants" },
    { name: "support-refusals", path: "/support/refusals" },
    { name: "support-tenant", path: `${few$}/tokens` },
  ]);
  await shoot(browser, server, operator, [
    { name: "operator", path: "/operator" },
    { name: "operator-none", path: "/operator?search=nothing" },
    { name: "operator-provision", ...act("/operator?act=provision") },
    { name: "operator-staff", path: "/operator/staff" },
    { name: "operator-staff-create", ...act("/operator/staff?act=create") },
    { name: "operator-keys", path: "/operator/keys" },
    { name: "operator-keys-rotate", ...act("/operator/keys?act=rotate", "alertdialog") },
  ]);
  const sql = postgres(server.databaseUrl, { max: 1 });
  await sql`alter table tokens rename to tokens_away`;
  await shoot(browser, server, admin, [{ name: "failed", path: `${few$}/tokens`, status: 500 }]);
  await sql`alter table tokens_away rename to tokens`;
  await sql.end();
}

/** A token in each state of its page, with a month behind it. */
async function shootStates(browser: Browser, server: TestServer) {
  const { entityId, unused, used, replaced, quiet, revoked } = await seedStates(server);
  const place = ["--tenant", entityId, "--role", "admin"];
  const who = { name: "admin", email: "admin@northwind.example", place };
  const admin = await signedIn(browser, server, who);
  const page = (tokenId: string) => `/t/${entityId}/tokens/${tokenId}`;
  const pressed = (name: string, tokenId: string, button: string): Shot => ({
    name,
    path: page(tokenId),
    open: async (shown) => {
      await shown.getByRole("button", { name: button, exact: true }).click();
      await shown.getByRole("row").filter({ hasText: "24 hours" }).waitFor();
    },
  });
  await shoot(browser, server, admin, [
    { name: "states-overview", path: `/t/${entityId}` },
    { name: "states-tokens", path: `/t/${entityId}/tokens` },
    { name: "states-token-unused", path: page(unused) },
    { name: "states-token-used", path: `${page(used)}?period=30d` },
    { name: "states-token-overlap", path: page(replaced) },
    { name: "states-token-quiet", path: page(quiet) },
    { name: "states-token-revoked", path: page(revoked) },
    pressed("states-token-revoke", used, "Revoke"),
    pressed("states-token-replace", used, "Replace"),
  ]);
}

/** The pictures in the README. */
async function shootReadme(browser: Browser, server: TestServer, few: SeededTenant, state: State) {
  await mkdir("public/screenshots", { recursive: true });
  for (const colorScheme of themes) {
    const viewport = { width: 1280, height: 720 };
    const context = await browser.newContext({ storageState: state, colorScheme, viewport });
    const page = await context.newPage();
    await page.goto(`${server.url}/t/${few.entityId}/tokens`, { waitUntil: "networkidle" });
    await page.screenshot({ path: `public/screenshots/tokens-${colorScheme}.png` });
    await context.close();
  }
}

async function main() {
  await ensureBuild({ log: (line) => process.stdout.write(`${line}\n`) });
  const stopDatabase = await setUpDatabase();
  const server = await startServer({
    env: { BROKER_TOKENS_ISSUED_PER_MINUTE: "0", BROKER_DEV_UI: "on" },
  });
  const executablePath = await ensureBrowser();
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  try {
    const few = await seedTenant(server, "Acme Field Services", everyday);
    const place = ["--tenant", few.entityId, "--role", "admin"];
    const who = { name: "admin", email: "admin@acme.example", place };
    const admin = await signedIn(browser, server, who);
    await countsAreIn();
    if (readmeOnly) return await shootReadme(browser, server, few, admin);
    await mkdir(folder, { recursive: true });
    await shoot(browser, server, undefined, primitives);
    if (only.startsWith("primitives")) return;
    if (!only.startsWith("states")) await shootAll(browser, server, few, admin);
    await shootStates(browser, server);
  } finally {
    await browser.close();
    await server.stop();
    await stopDatabase();
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
