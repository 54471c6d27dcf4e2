import { mkdir } from "node:fs/promises";
import { chromium } from "playwright";
import { ensureBuild } from "@/bin/build";
import setUpDatabase from "@/e2e/support/global-setup";
import { BROWSER_FLAGS, ensureBrowser } from "../support/browser";
import { countsAreIn, seedTenant, signedIn } from "../support/seed";
import { startServer } from "../support/server";
import { shootPages } from "./pages";
import { shootPrimitives } from "./primitives";
import { shootReadme } from "./readme";
import { shootSecrets } from "./secrets";
import { folder, parts, readmeOnly } from "./shoot";
import { shootStates } from "./states";

/**
 * `npm run screenshots [-- FOLDER] [-- --only=PART,PART] [-- --readme]`: every page, or those with a
 * part in their name, in both themes and both widths, from seeded data: one Tenant with 3 tokens, one
 * with 300, one with a token in each state and one where secrets are shown. With `--readme` the
 * README's pictures only, in `public/screenshots`.
 */
const everyday = ["ServiceScheduling", "ServiceMobility", "Acme ERP (customer system)"];

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
    // Names begin with what they show, so that only what a picture needs is seeded.
    const asked = new Set(parts.map((part) => part.split("-")[0]));
    await shootPrimitives(browser, server);
    const apart = ["primitives", "states", "secrets"];
    const whole = [...asked].some((group) => !apart.includes(group as string));
    if (whole) await shootPages(browser, server, few, admin);
    if (whole || asked.has("states")) await shootStates(browser, server);
    if (whole || asked.has("secrets")) await shootSecrets(browser, server);
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
