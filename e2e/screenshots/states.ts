import type { Browser } from "playwright";
import { seedStates, signedIn } from "../support/seed";
import type { TestServer } from "../support/server";
import { type Shot, shoot } from "./shoot";

/** A token in each state of its page, with a month behind it. */
export async function shootStates(browser: Browser, server: TestServer) {
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
