import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright";
import postgres from "postgres";
import { apiOf } from "./call";
import { mergeUsage } from "./database";
import { seedCalls, seedRefusals } from "./history";
import { type PortalCall, portalCall } from "./portal-actors";
import type { TestServer } from "./server";

export type State = Awaited<ReturnType<typeof signedIn>>;
export type SeededTenant = { entityId: string; token: string; tokenId: string };

/** Somebody who is signed in, as what a browser needs to know and as calls of the portal's API. */
export async function signedIn(
  browser: Browser,
  server: TestServer,
  who: { email: string; name: string; place: string[] },
) {
  const { email, name, place } = who;
  const args = ["users", "create", "--email", email, "--name", name, ...place];
  const { Password } = await server.broker(...args);
  const context = await browser.newContext();
  const { csrfToken } = await (await context.request.get(`${server.url}/api/auth/csrf`)).json();
  const answer = await context.request.post(`${server.url}/api/auth/callback/credentials`, {
    headers: { Origin: server.url },
    form: { email, password: Password, csrfToken, json: "true" },
  });
  if (!answer.ok()) throw new Error(`Signing in as ${email} answered ${answer.status()}.`);
  const state = await context.storageState();
  await context.close();
  return { ...state, password: Password as string, call: portalCall(server, state) };
}

/** A Tenant with tokens of these labels: used a little, some revoked and still sent. */
export async function seedTenant(
  server: TestServer,
  name: string,
  labels: string[],
): Promise<SeededTenant> {
  const api = apiOf(server.url);
  const args = ["--name", name, "--email", "it@tenant.example", "--domain", "acme.example"];
  const made = await server.broker("tenants", "create", ...args);
  const token: string = made.DefaultToken.JWT;
  let tokenId: string = made.DefaultToken.Id;
  for (const [index, label] of labels.entries()) {
    const { body } = await api("POST", "/up/v5/entityToken", { token, json: { Name: label } });
    tokenId = body.Id;
    const revoked = index % 7 === 5;
    if (revoked) await api("DELETE", `/up/v5/entityToken/${body.Id}`, { token });
    const calls = revoked ? 1 : (index * 13) % 40;
    for (let call = 0; call < calls; call++) {
      await api("GET", "/up/v5/verify", { token: body.JWT });
    }
  }
  return { entityId: made.EntityId, token, tokenId };
}

/** Tenants that are suspended, deleted, new and hard to show, for the lists of staff. */
export async function seedOthers(server: TestServer): Promise<void> {
  const create = async (name: string, ...more: string[]) => {
    const args = ["--name", name, "--email", "it@tenant.example", ...more];
    return (await server.broker("tenants", "create", ...args)).EntityId as string;
  };
  await server.broker(
    ...["tenants", "suspend", await create("Fabrikam Lifts", "--domain", "fabrikam.example")],
    ...["--reason", "Invoice 2026-0417 is unpaid since 1 September; accounts asked for it twice"],
  );
  await server.broker("tenants", "delete", await create("Trey Research"));
  await create("Litware", "--auth-type", "JWT");
  await create(
    `<img src=x onerror=alert(1)> \u202Egnitset\u202C ${"Wingtip Toys ".repeat(4).trim()}`,
  );
}

/** Clients, people and an invitation of a Tenant. @returns the invitation's link */
export async function seedPeople(
  server: TestServer,
  call: PortalCall,
  entityId: string,
): Promise<string> {
  const tenant = `/api/tenants/${entityId}`;
  const made = await call("POST", `${tenant}/clients`, {
    name: "Warehouse robots",
    scopes: ["broker"],
  });
  await call("POST", `${tenant}/clients/${made.body.clientId}/secrets`);
  const old = await call("POST", `${tenant}/clients`, { name: "Old data hub", scopes: ["broker"] });
  await call("POST", `${tenant}/clients/${old.body.clientId}/revoke`);
  const long = `facilities-management-and-planning@${"subsidiary.".repeat(4)}acme.example`;
  for (const [email, role] of [
    ["viewer@acme.example", "viewer"],
    [long, "admin"],
  ] as const) {
    const args = ["--email", email, "--tenant", entityId, "--role", role];
    await server.broker("users", "create", ...args);
  }
  await call("POST", `${tenant}/invitations`, { email: "late@acme.example", role: "viewer" });
  const sent = await call("POST", `${tenant}/invitations`, {
    email: "new.colleague@acme.example",
    role: "admin",
  });
  return sent.body.link;
}

/** A Tenant with a token in each state of its page, and a month of calls. */
export async function seedStates(server: TestServer) {
  const api = apiOf(server.url);
  const labels = ["Never used", "ERP export", "Night shift", "Fleet router", "Depot gateway (old)"];
  const { entityId, token } = await seedTenant(server, "Northwind Services", labels);
  const { body } = await api("GET", "/up/v5/entityToken", { token });
  const idOf = (name: string): string =>
    (body as { Name: string; Id: string }[]).find(({ Name }) => Name === name)?.Id ?? "";
  const [unused = "", used = "", replaced = "", quiet = "", revoked = ""] = labels.map(idOf);
  const sql = postgres(server.databaseUrl, { max: 1 });
  for (const tokenId of [used, replaced, quiet, revoked]) {
    await seedCalls(sql, { entityId, tokenId });
  }
  const json = { OverlapSeconds: 604_800 };
  await api("POST", `/up/v5/entityToken/${replaced}/replace`, { token, json });
  const taken = await api("POST", `/up/v5/entityToken/${quiet}/replace`, { token, json });
  await api("GET", "/up/v5/verify", { token: taken.body.JWT });
  await countsAreIn();
  await mergeUsage(sql);
  await sql`update last_uses set last_used_at = now() - interval '3 hours' where credential_id = ${quiet}`;
  await sql`
    update usage_sources set first_seen_at = least(first_seen_at, now() - interval '1 day'),
      last_seen_at = least(last_seen_at, now() - interval '3 hours')
    where credential_id = ${quiet}`;
  await api("DELETE", `/up/v5/entityToken/${revoked}`, { token });
  await seedRefusals(sql, { entityId, tokenId: revoked }, [
    { address: "203.0.113.24", userAgent: "depot-gateway/3.1", minutesAgo: 0 },
    { address: "203.0.113.24", userAgent: "depot-gateway/3.1", minutesAgo: 0 },
    { address: "2001:db8:41::9", userAgent: "nightly-export/2", minutesAgo: 300, reason: "scope" },
  ]);
  await sql.end();
  return { entityId, unused, used, replaced, quiet, revoked };
}

/** Counts reach the database about once a second. */
export const countsAreIn = () => sleep(2_500);
