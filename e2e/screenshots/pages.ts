import type { Browser, Page } from "playwright";
import postgres from "postgres";
import {
  countsAreIn,
  type SeededTenant,
  type State,
  seedOthers,
  seedPeople,
  seedTenant,
  signedIn,
} from "../support/seed";
import type { TestServer } from "../support/server";
import { act, type Shot, shoot } from "./shoot";

const openPalette = async (page: Page) => {
  const button = page.getByRole("button", { name: /^Go to a token/ });
  await button.locator("visible=true").click();
  await page.getByRole("combobox").fill("to");
  await page.getByRole("option", { name: "Default token" }).waitFor();
};
/** An act of an operator on the Tenant that is used most. */
const onTenant = (what: "Suspend" | "Delete") => async (page: Page) => {
  await page.getByRole("button", { name: "Actions for Contoso Facilities" }).click();
  await page.getByRole("menuitem", { name: what }).click();
  await page.getByRole("alertdialog").waitFor();
};

const many = Array.from({ length: 300 }, (_, index) => `Depot ${index + 1} gateway`);

/** Every page, with few and with many tokens, as each of the people who see it. */
export async function shootPages(
  browser: Browser,
  server: TestServer,
  few: SeededTenant,
  admin: State,
) {
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
    { name: "operator-suspend", path: "/operator", open: onTenant("Suspend") },
    { name: "operator-delete", path: "/operator", open: onTenant("Delete") },
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
