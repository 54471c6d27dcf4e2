import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import postgres from "postgres";
import { ensureBuild } from "@/bin/build";
import setUpDatabase from "@/e2e/support/global-setup";
import { BROWSER_FLAGS, ensureBrowser } from "./support/browser";
import { apiOf } from "./support/call";
import { seedCalls, seedRefusals } from "./support/history";
import { startServer, type TestServer } from "./support/server";

/**
 * `npm run screenshots [-- FOLDER] [-- --readme] [-- --only=PART]`: every page, or those with a part
 * in their name, in both themes and both widths, from seeded data: one Tenant with 3 tokens, one
 * with 300 and one with a token in each state. The README's picture goes to `public/screenshots`.
 */
const readmeOnly = process.argv.includes("--readme");
const only = process.argv.find((word) => word.startsWith("--only="))?.slice("--only=".length) ?? "";
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

async function signedIn(browser: Browser, server: TestServer, place: string[], of = "acme") {
  const email = `${place.at(-1)}@${of}.example`;
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

async function shoot(browser: Browser, server: TestServer, state: State, wanted: Shot[]) {
  const shots = wanted.filter(({ name }) => name.includes(only));
  if (shots.length === 0) return;
  for (const theme of themes) {
    for (const width of widths) {
      const viewport = { width, height: width === 360 ? 780 : 900 };
      const context = await browser.newContext({
        storageState: state,
        colorScheme: theme,
        viewport,
        reducedMotion: "reduce",
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

/** A token in each state of its page, with a month behind it. */
async function shootStates(browser: Browser, server: TestServer) {
  const api = apiOf(server.url);
  const labels = ["Never used", "ERP export", "Night shift", "Depot gateway (old)"];
  const { entityId, token } = await seedTenant(server, "Northwind Services", labels);
  const { body } = await api("GET", "/up/v5/entityToken", { token });
  const idOf = (name: string): string =>
    (body as { Name: string; Id: string }[]).find(({ Name }) => Name === name)?.Id ?? "";
  const [unused, used, replaced, revoked] = labels.map(idOf) as [string, string, string, string];
  const sql = postgres(server.databaseUrl, { max: 1 });
  for (const tokenId of [used, replaced, revoked]) await seedCalls(sql, { entityId, tokenId });
  const path = `/up/v5/entityToken/${replaced}/replace`;
  await api("POST", path, { token, json: { OverlapSeconds: 604_800 } });
  await api("DELETE", `/up/v5/entityToken/${revoked}`, { token });
  await seedRefusals(sql, { entityId, tokenId: revoked }, [
    { address: "203.0.113.24", userAgent: "depot-gateway/3.1", minutesAgo: 0 },
    { address: "203.0.113.24", userAgent: "depot-gateway/3.1", minutesAgo: 0 },
    { address: "2001:db8:41::9", userAgent: "nightly-export/2", minutesAgo: 300, reason: "scope" },
  ]);
  await sql.end();
  const admin = await signedIn(
    browser,
    server,
    ["--tenant", entityId, "--role", "admin"],
    "states",
  );
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
    { name: "states-token-revoked", path: page(revoked) },
    pressed("states-token-revoke", used, "Revoke"),
    pressed("states-token-replace", used, "Replace"),
  ]);
}

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
    if (!readmeOnly && only !== "states") await shootAll(browser, server, few, admin);
    if (!readmeOnly) await shootStates(browser, server);
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
