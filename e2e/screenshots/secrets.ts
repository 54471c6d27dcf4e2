import type { Browser, Page } from "playwright";
import { seedTenant, signedIn } from "../support/seed";
import type { TestServer } from "../support/server";
import { shoot } from "./shoot";

/** Fills a dialog's first box and presses on, to what is shown this once. */
const through =
  (box: string, text: string, button: string, shown: string) => async (page: Page) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(box).fill(text);
    await dialog.getByRole("button", { name: button }).click();
    await dialog.getByText(shown).waitFor();
  };

/** What is shown once, in a Tenant of its own; and the start of a person who belongs nowhere. */
export async function shootSecrets(browser: Browser, server: TestServer): Promise<void> {
  const { entityId } = await seedTenant(server, "Tailspin Logistics", []);
  const person = (name: string) =>
    signedIn(browser, server, {
      name,
      email: `${name.toLowerCase()}@tailspin.example`,
      place: ["--tenant", entityId, "--role", "admin"],
    });
  const admin = await person("Robin");
  const tenant = `/t/${entityId}`;
  await shoot(browser, server, admin, [
    {
      name: "secrets-token",
      path: `${tenant}/tokens?act=issue`,
      open: through("Label", "ServiceScheduling", "Issue token", "I have stored it"),
    },
    {
      name: "secrets-client",
      path: `${tenant}/clients?act=create`,
      open: through("Label", "Warehouse robots", "Create client", "I have stored it"),
    },
    {
      name: "secrets-totp",
      path: "/account",
      open: async (page) => {
        await page.getByRole("button", { name: "Turn on" }).click();
        await through("Your password", admin.password, "Continue", "Can't scan it?")(page);
      },
    },
  ]);
  const left = await person("Kim");
  const { members } = (await admin.call("GET", `/api/tenants/${entityId}/members`)).body;
  const { userId } = members.find(({ email }: { email: string }) => email.startsWith("kim@"));
  await admin.call("DELETE", `/api/tenants/${entityId}/members/${userId}`);
  await shoot(browser, server, left, [{ name: "secrets-no-tenant", path: "/" }]);
}
