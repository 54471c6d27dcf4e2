import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";
import postgres from "postgres";
import { expect, test } from "@/e2e/support/portal";
import { portalCall, type Session, signInMany } from "@/e2e/support/portal-actors";

const people = [
  ...(["admin of A", "viewer of A", "admin of B", "support", "operator"] as const),
  ...(["disabled admin of A", "removed admin of A"] as const),
] as const;
const actors = ["nobody", ...people] as const;
type Actor = (typeof actors)[number];
type Tenant = { id: string; name: string; tokenId: string };
/** The page itself, the way to the sign-in or to the start page, or a refusal. */
type Outcome = "page" | "sign-in" | "home" | 403 | 404;

type Row = {
  outcome: (actor: Actor) => Outcome;
  /** Buttons that only an admin of the Tenant is offered. */
  acts?: string[];
};

const isOut = (actor: Actor) => actor === "nobody" || actor === "disabled admin of A";
const isStaff = (actor: Actor) => actor === "support" || actor === "operator";

const forAnyone: Row = { outcome: () => "page" };
const forPeople: Row = { outcome: (actor) => (isOut(actor) ? "sign-in" : "page") };
const forStaff: Row = {
  outcome: (actor) => (isOut(actor) ? "sign-in" : isStaff(actor) ? "page" : 403),
};
const forOperators: Row = {
  outcome: (actor) => (isOut(actor) ? "sign-in" : actor === "operator" ? "page" : 403),
};
const ofTenant = (...acts: string[]): Row => ({
  acts,
  outcome: (actor) => {
    if (isOut(actor)) return "sign-in";
    return actor === "admin of B" || actor === "removed admin of A" ? 404 : "page";
  },
});

const rows: Record<string, Row> = {
  "/": {
    // Who has one Tenant only is led to it.
    outcome: (actor) => {
      if (isOut(actor)) return "sign-in";
      return actor.endsWith(" of A") || actor === "admin of B" ? "home" : "page";
    },
  },
  "/sign-in": { outcome: (actor) => (isOut(actor) ? "page" : "home") },
  "/forgot-password": forAnyone,
  "/reset-password": forAnyone,
  "/accept-invitation": forAnyone,
  "/docs": forAnyone,
  "/dev/ui": { outcome: () => 404 },
  "/account": forPeople,
  "/support": forStaff,
  "/support/tenants": forStaff,
  "/support/refusals": forStaff,
  "/operator": forOperators,
  "/operator/staff": forOperators,
  "/operator/keys": forOperators,
  "/t/[entityId]": ofTenant(),
  "/t/[entityId]/tokens": ofTenant("Issue token", "Actions for Default"),
  "/t/[entityId]/tokens/[tokenId]": ofTenant("Rename", "Deactivate", "Replace", "Revoke"),
  "/t/[entityId]/clients": ofTenant("Create client"),
  "/t/[entityId]/audit": ofTenant(),
  "/t/[entityId]/members": ofTenant("Invite"),
  "/t/[entityId]/settings": ofTenant("Save"),
};

const pages = (readdirSync("app", { recursive: true }) as string[])
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => `/${file.replace(/\/?page\.tsx$/, "")}`)
  .sort();
const urlOf = (page: string, { id, tokenId }: Tenant) =>
  page.replace("[entityId]", id).replace("[tokenId]", tokenId);

const headings = { 403: "You don't have access to this page", 404: "There is nothing here" };
const landing = { "sign-in": /\/sign-in/, home: /^\/(t\/[0-9a-f-]{36})?$/ };

let sessions: Record<(typeof people)[number], Session>;
let tenants: Record<"A" | "B", Tenant>;

test.beforeAll(async ({ server, playwright }) => {
  test.setTimeout(120_000);
  const sql = postgres(server.databaseUrl, { max: 1 });
  sessions = await signInMany({ server, sql, request: playwright.request }, people);
  for (const role of ["support", "operator"] as const) {
    await sql`update users set staff_role = ${role} where id = ${sessions[role].userId}`;
  }
  const operator = portalCall(server, sessions.operator);
  const provision = async (name: string): Promise<Tenant> => {
    const body = { name, email: "it@tenant.example" };
    const made = await operator("POST", "/api/operator/tenants", body);
    return { id: made.body.tenant.id, name, tokenId: made.body.defaultToken.id };
  };
  tenants = { A: await provision("Roles A"), B: await provision("Roles B") };
  const join = (who: (typeof people)[number], tenant: Tenant, role: "admin" | "viewer") =>
    sql`insert into memberships (tenant_id, user_id, role) values (${tenant.id}, ${sessions[who].userId}, ${role})`;
  await join("admin of A", tenants.A, "admin");
  await join("viewer of A", tenants.A, "viewer");
  await join("admin of B", tenants.B, "admin");
  await join("disabled admin of A", tenants.A, "admin");
  await sql`update users set disabled_at = now() where id = ${sessions["disabled admin of A"].userId}`;
  await sql.end();
});

const be = async (context: BrowserContext, actor: Actor) => {
  if (actor !== "nobody") await context.addCookies(sessions[actor].cookies);
};

test("every page has a row here", () => {
  expect(pages.filter((page) => !rows[page])).toEqual([]);
  expect(pages.length).toBeGreaterThan(19);
});

for (const actor of actors) {
  test(`${actor}: walks every page that is theirs, and is refused every other`, async ({
    page,
    context,
  }) => {
    await be(context, actor);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
    for (const path of pages) {
      const row = rows[path];
      if (!row) continue;
      const expected = row.outcome(actor);
      // What is refused or led elsewhere is not waited for any longer than it takes to read it.
      const waitUntil = expected === "page" ? "load" : "commit";
      const answer = await page.goto(urlOf(path, tenants.A), { waitUntil });
      const status = typeof expected === "number" ? expected : 200;
      expect(answer?.status(), path).toBe(status);
      const heading = page.getByRole("heading", { level: 1 });
      await expect(heading, path).toBeVisible();
      if (typeof expected === "number") {
        await expect(heading, path).toHaveText(headings[expected]);
        expect(await page.content(), path).not.toContain(tenants.A.name);
        continue;
      }
      const { pathname } = new URL(page.url());
      if (expected === "page") expect(pathname).toBe(urlOf(path, tenants.A));
      else expect(pathname, path).toMatch(landing[expected]);
      if (expected !== "page" || !row.acts) continue;
      for (const act of row.acts) {
        await expect(
          page.getByRole("main").getByRole("button", { name: act }).first(),
          `${act} for ${actor}`,
        ).toBeVisible({ visible: actor === "admin of A" });
      }
      const readOnly = page.getByRole("region", { name: "Your access" });
      await expect(readOnly).toHaveCount(actor === "admin of A" ? 0 : 1);
    }
    expect(errors).toEqual([]);
  });
}

for (const actor of ["admin of A", "viewer of A", "removed admin of A"] as const) {
  test(`${actor}: another Tenant's pages look like those of one that does not exist`, async ({
    page,
    context,
  }) => {
    await be(context, actor);
    const nowhere = { id: randomUUID(), name: "", tokenId: randomUUID() };
    const look = async (path: string) => {
      const answer = await page.goto(path, { waitUntil: "domcontentloaded" });
      const text = await page.getByRole("main").textContent();
      return { status: answer?.status(), title: await page.title(), text };
    };
    for (const path of pages.filter((page) => page.includes("["))) {
      const foreign = await look(urlOf(path, tenants.B));
      expect(foreign, path).toEqual(await look(urlOf(path, nowhere)));
      expect(foreign.status, path).toBe(404);
      expect(await page.content(), path).not.toContain(tenants.B.name);
    }
  });
}
