import { migrate } from "@/db/migrate";
import { type Answer, apiOf } from "@/e2e/support/call";
import { makeCredentials } from "@/e2e/support/fault-load";
import { freeze } from "@/e2e/support/freeze";
import { postOf } from "@/e2e/support/oauth";
import { startPostgres } from "@/e2e/support/postgres";
import { startServer, type TestServer } from "@/e2e/support/server";
import { signInTo, trySignIn } from "@/e2e/support/signed-in";
import { expect, test } from "@/e2e/support/test";

/** Two seconds, and a little for a busy machine. */
const limitMs = 2_500;

/** A call of each kind that needs the database: of Systems, of OAuth clients, of people. */
async function everyCall(server: TestServer): Promise<Record<string, () => Promise<Answer>>> {
  const { token, client, entityId } = await makeCredentials(server);
  const email = "jo@people.example";
  const person = ["--email", email, "--tenant", entityId, "--role", "admin"];
  const { Password: password } = await server.broker("users", "create", ...person);
  const { call } = await signInTo(server.url, { email, password });
  const api = apiOf(server.url);
  const post = postOf(api);
  const by = { ClientId: client.id, ClientSecret: client.secret };
  const grant = { grant_type: "client_credentials" };
  const jwt = (await post("/oauth2/token", grant, by)).body.access_token;
  const tenant = `/api/tenants/${entityId}`;
  const secret = "a".repeat(43);
  return {
    "verify a token": () => api("GET", "/up/v5/verify", { token }),
    "verify a JWT": () => api("GET", "/up/v5/verify", { token: jwt }),
    "list tokens": () => api("GET", "/up/v5/entityToken", { token }),
    "issue a token": () => api("POST", "/up/v5/entityToken", { token, json: { Name: "System" } }),
    "read the Tenant": () => api("GET", `/up/v5/entity/${entityId}`, { token }),
    "get a JWT": () => post("/oauth2/token", grant, by),
    "get a JWT by the ServiceBroker call": () =>
      api("POST", "/up/v5/oauth2/accessToken", {
        json: { ...by, GrantType: "ClientCredentials", ExpiresInSeconds: 60 },
      }),
    introspect: () => post("/oauth2/introspect", { token }, by),
    revoke: () => post("/oauth2/revoke", { token: jwt }, by),
    userInfo: () => api("GET", "/up/v5/oauth2/userInfo", { token: jwt }),
    readiness: () => api("GET", "/readyz"),
    "the portal's overview": () => call("GET", `${tenant}/overview`),
    "the portal's tokens": () => call("GET", `${tenant}/tokens`),
    "issue in the portal": () => call("POST", `${tenant}/tokens`, { json: { name: "System" } }),
    "the page of tokens": () => call("GET", `/t/${entityId}/tokens`),
    "the page of audit events": () => call("GET", `/t/${entityId}/audit`),
    "the account page": () => call("GET", "/account"),
    "the session": () => call("GET", "/api/auth/session"),
    "sign in": async () => (await trySignIn(server.url, { email, password })).answer,
    "ask for a new password": () => call("POST", "/api/password-resets", { json: { email } }),
    "look an invitation up": () => call("POST", "/api/invitations/look-up", { json: { secret } }),
  };
}

/** Expects 503 with `Retry-After` of each, in time at one of three tries. */
async function expectAllUnavailable(calls: Record<string, () => Promise<Answer>>) {
  let slowest = 0;
  for (const [name, run] of Object.entries(calls)) {
    let quickest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3 && quickest > limitMs; attempt++) {
      const started = performance.now();
      const { status, headers, text } = await run();
      quickest = Math.min(quickest, performance.now() - started);
      expect(status, `${name}: ${text}`).toBe(503);
      expect(Number(headers.get("retry-after")), name).toBeGreaterThan(0);
      expect(headers.getSetCookie().join(), name).not.toMatch(/session/);
      expect(text, name).not.toMatch(/sbat_|\beyJ/);
    }
    expect(quickest, name).toBeLessThan(limitMs);
    slowest = Math.max(slowest, quickest);
  }
  return (slowest / 1000).toFixed(1);
}

test("database down: every surface answers 503 with Retry-After within 2 s, pages and sign-in too, and nobody is signed out", async () => {
  test.setTimeout(240_000);
  const postgres = await startPostgres();
  const database = await postgres.createDatabase("surfaces");
  await migrate(database);
  const server = await startServer({ database });
  const calls = await everyCall(server);
  const expectAllToWork = async () => {
    for (const [name, run] of Object.entries(calls)) {
      const answer = async () => (await run()).status;
      // A JWT that was revoked and an invitation that there isn't are refused as ever.
      await expect.poll(answer, { message: name, timeout: 20_000 }).toBeLessThan(500);
    }
    expect((await calls["the page of tokens"]?.())?.status).toBe(200);
  };
  await expectAllToWork();

  await postgres.stop("SIGQUIT");
  const stopped = await expectAllUnavailable(calls);
  await postgres.start();
  await expectAllToWork();

  const thaw = freeze(postgres.pid);
  const frozen = await expectAllUnavailable(calls);
  thaw();
  await expectAllToWork();
  const count = Object.keys(calls).length;
  console.log(`${count} kinds of calls: 503 in at most ${stopped} s stopped, ${frozen} s frozen`);
  await server.stop();
  await postgres.kill();
});
