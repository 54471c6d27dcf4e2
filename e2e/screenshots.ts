import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { ensureBuild } from "@/bin/build";
import setUpDatabase from "@/e2e/support/global-setup";
import { BROWSER_FLAGS, ensureBrowser } from "./support/browser";
import { apiOf } from "./support/call";
import { startServer, type TestServer } from "./support/server";

/**
 * `npm run screenshots [-- FOLDER] [-- --readme]`: every page in both themes and both widths, from seeded data:
 * one Tenant with 3 tokens and one with 300. The README's picture goes to `public/screenshots`.
 */
const readmeOnly = process.argv.includes("--readme");
const folder = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "screenshots";
const widths = [1440, 360] as const;
const themes = ["light", "dark"] as const;

type Seeded = { entityId: string; token: string; tokenId: string };
type Shot = { name: string; path: string; open?: (page: Page) => Promise<void> };

async function seedTenant(server: TestServer, name: string, labels: string[]): Promise<Seeded> {
  const api = apiOf(server.url);
  const args = ["--name", name, "--email", "it@tenant.example", "--domain", "acme.example"];
  const made = await server.broker("tenants", "create", ...args);
  const token: string = made.DefaultToken.JWT;
  let tokenId: string = made.DefaultToken.Id;
  for (const [index, label] of labels.entries()) {
    const { body } = await api("POST", "/up/v5/entityToken", { token, json: { Name: label } });
    tokenId = body.Id;
    if (index % 7 === 5) await api("DELETE", `/up/v5/entityToken/${body.Id}`, { token });
    else
      for (let call = 0; call < (index * 13) % 40; call++)
        await api("GET", "/up/v5/verify", { token: body.JWT });
    if (index % 7 === 5) await api("GET", "/up/v5/verify", { token: body.JWT });
  }
  return { entityId: made.EntityId, token, tokenId };
}

async function signedIn(browser: Browser, server: TestServer, place: string[]) {
  const email = `${place.at(-1)}@acme.example`;
  const { Password } = await server.broker("users", "create", "--email", email, ...place);
  const context = await browser.newContext();
  const { csrfToken } = await (await context.request.get(`${server.url}/api/auth/csrf`)).json();
  const answer = await context.request.post(`${server.url}/api/auth/callback/credentials`, {
    headers: { Origin: server.url },
    form: { email, password: Password, csrfToken, json: "true" },
  });
  if (!answer.ok()) throw new Error(`Signing in as ${email} answered ${answer.status()}.`);
  const state = await context.storageState();
  await context.close();
  return state;
}

type State = Awaited<ReturnType<typeof signedIn>> | undefined;

async function shoot(browser: Browser, server: TestServer, state: State, shots: Shot[]) {
  for (const theme of themes) {
    for (const width of widths) {
      const viewport = { width, height: width === 360 ? 780 : 900 };
      const context = await browser.newContext({
        storageState: state,
        colorScheme: theme,
        viewport,
      });
      const page = await context.newPage();
      for (const shot of shots) {
        const answer = await page.goto(server.url + shot.path, { waitUntil: "networkidle" });
        if (shot.open) await shot.open(page);
        const path = join(folder, `${shot.name}-${width}-${theme}.png`);
        await page.screenshot({ path, fullPage: !shot.open });
        process.stdout.write(`${answer?.status()} ${path}\n`);
      }
      await context.close();
    }
  }
}

const everyday = ["ServiceScheduling", "ServiceMobility", "Acme ERP (customer system)"];
const many = Array.from({ length: 300 }, (_, index) => `Depot ${index + 1} gateway`);

async function shootAll(browser: Browser, server: TestServer, few: Seeded, admin: State) {
  const lots = await seedTenant(server, "Contoso Facilities", many);
  const viewer = await signedIn(browser, server, ["--tenant", lots.entityId, "--role", "viewer"]);
  const support = await signedIn(browser, server, ["--staff", "support"]);
  const operator = await signedIn(browser, server, ["--staff", "operator"]);

  const pagesOf = ({ entityId, tokenId }: Seeded, prefix: string): Shot[] => [
    { name: `${prefix}-overview`, path: `/t/${entityId}` },
    { name: `${prefix}-tokens`, path: `/t/${entityId}/tokens` },
    { name: `${prefix}-token`, path: `/t/${entityId}/tokens/${tokenId}` },
    { name: `${prefix}-clients`, path: `/t/${entityId}/clients` },
    { name: `${prefix}-audit`, path: `/t/${entityId}/audit` },
    { name: `${prefix}-members`, path: `/t/${entityId}/members` },
    { name: `${prefix}-settings`, path: `/t/${entityId}/settings` },
  ];
  const issue: Shot = {
    name: "few-tokens-issue",
    path: `/t/${few.entityId}/tokens`,
    open: (page) => page.getByRole("button", { name: "Issue token" }).first().click(),
  };
  await shoot(browser, server, undefined, [
    { name: "sign-in", path: "/sign-in" },
    { name: "forgot-password", path: "/forgot-password" },
    { name: "docs", path: "/docs" },
    { name: "not-found", path: "/no-such-page" },
  ]);
  await shoot(browser, server, admin, [
    ...pagesOf(few, "few"),
    issue,
    { name: "account", path: "/account" },
  ]);
  await shoot(browser, server, viewer, pagesOf(lots, "many"));
  await shoot(browser, server, support, [
    { name: "support", path: "/support" },
    { name: "support-tenant", path: `/t/${few.entityId}/tokens` },
  ]);
  await shoot(browser, server, operator, [
    { name: "operator", path: "/operator" },
    { name: "operator-staff", path: "/operator/staff" },
  ]);
}

async function main() {
  await ensureBuild({ log: (line) => process.stdout.write(`${line}\n`) });
  const stopDatabase = await setUpDatabase();
  const server = await startServer({ env: { BROKER_TOKENS_ISSUED_PER_MINUTE: "0" } });
  const executablePath = await ensureBrowser();
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  try {
    await mkdir(folder, { recursive: true });
    await mkdir("public/screenshots", { recursive: true });
    const few = await seedTenant(server, "Acme Field Services", everyday);
    const admin = await signedIn(browser, server, ["--tenant", few.entityId, "--role", "admin"]);
    if (!readmeOnly) await shootAll(browser, server, few, admin);
    for (const colorScheme of themes) {
      const viewport = { width: 1280, height: 720 };
      const context = await browser.newContext({ storageState: admin, colorScheme, viewport });
      const page = await context.newPage();
      await page.goto(`${server.url}/t/${few.entityId}/tokens`, { waitUntil: "networkidle" });
      await page.screenshot({ path: `public/screenshots/tokens-${colorScheme}.png` });
      await context.close();
    }
  } finally {
    await browser.close();
    await server.stop();
    await stopDatabase();
  }
}

await main();
process.exit(0);
