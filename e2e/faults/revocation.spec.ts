import { randomBytes } from "node:crypto";
import { type Api, apiOf } from "@/e2e/support/call";
import { createDatabase, dropDatabase } from "@/e2e/support/database";
import { type Call, findViolations } from "@/e2e/support/revocation";
import { startServer, type TestServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

const victims = 200;
const instances = 3;
const callers = 12;
/** Ended at the same time: one in each way. */
const atOnce = 5;

type Victim = { bearer: string; end(api: Api): Promise<{ status: number }> };

/** Makes a credential that will come to its end in one of five ways, in turn. */
async function makeVictim(api: Api, master: string, index: number): Promise<Victim> {
  const made = await api("POST", "/up/v5/entity", {
    token: master,
    json: { Name: `Victim ${index}`, Email: "it@tenant.example" },
  });
  expect(made.status, made.text).toBe(200);
  const { EntityId, DefaultToken } = made.body;
  const { JWT: bearer, Id } = DefaultToken;
  const path = `/up/v5/entityToken/${Id}`;
  const suspend: Victim["end"] = (to) =>
    to("PUT", `/up/v5/entity/${EntityId}`, { token: master, json: { Active: false } });
  const ways: Victim["end"][] = [
    (to) => to("DELETE", path, { token: bearer }),
    (to) => to("PUT", path, { token: bearer, json: { Active: false } }),
    (to) => to("POST", `${path}/replace`, { token: bearer, json: { OverlapSeconds: 0 } }),
    suspend,
  ];
  const way = ways[index % 5];
  if (way) return { bearer, end: way };
  const client = await api("POST", "/up/v5/entityClient", { token: bearer, json: { Name: "C" } });
  expect(client.status, client.text).toBe(200);
  const { ClientId, ClientSecret } = client.body;
  const issued = await api("POST", "/oauth2/token", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: `grant_type=client_credentials&client_id=${ClientId}&client_secret=${ClientSecret}`,
  });
  expect(issued.status, issued.text).toBe(200);
  return {
    bearer: issued.body.access_token,
    end: (to) => to("DELETE", `/up/v5/entityClient/${ClientId}`, { token: bearer }),
  };
}

test("revoked, deactivated, replaced or suspended on one of three instances under load: good on none from then on", async () => {
  const database = await createDatabase();
  const env = {
    BROKER_SECRET_KEY: randomBytes(32).toString("base64"),
    BROKER_PUBLIC_URL: "http://broker.example",
  };
  const servers = await Promise.all(
    Array.from({ length: instances }, () => startServer({ database, env })),
  );
  const apis = servers.map(({ url }) => apiOf(url));
  const apiAt = (index: number) => apis[index % instances] as Api;
  const scopes = "broker tokens:manage tenants:manage";
  const args = ["--tenant", "master", "--name", "Checker", "--scopes", scopes];
  const [first] = servers as [TestServer, ...TestServer[]];
  const master = (await first.broker("tokens", "issue", ...args)).JWT as string;
  const made: Victim[] = [];
  for (let from = 0; from < victims; from += 10) {
    const ten = Array.from({ length: 10 }, (_, i) => makeVictim(apiAt(i), master, from + i));
    made.push(...(await Promise.all(ten)));
  }

  const history: Call[] = [];
  const record = async (
    at: number,
    outcome: (status: number) => Call["outcome"] | null,
    run: () => Promise<{ status: number }>,
  ) => {
    const start = performance.now();
    const { status } = await run();
    const end = performance.now();
    const said = outcome(status);
    expect(said, `status ${status}`).not.toBeNull();
    if (said) history.push({ credential: String(at), start, end, outcome: said });
  };
  let reached = 0;
  let over = false;
  const caller = async (index: number) => {
    for (let turn = index; !over; turn++) {
      const at = Math.min(victims - 1, Math.max(0, reached - atOnce + (turn % (3 * atOnce))));
      const token = made[at]?.bearer as string;
      const judge = (status: number) =>
        status === 200 ? "accepted" : status === 401 ? "refused" : null;
      await record(at, judge, () => apiAt(turn)("GET", "/up/v5/verify", { token }));
    }
  };
  const load = Array.from({ length: callers }, (_, index) => caller(index));
  const judge = (status: number) => (status === 200 ? "revoked" : null);
  for (; reached < victims; reached += atOnce) {
    const ends = made.slice(reached, reached + atOnce).map((victim, i) => {
      const at = reached + i;
      return record(at, judge, () => victim.end(apiAt(at)));
    });
    await Promise.all(ends);
  }
  over = true;
  await Promise.all(load);
  for (const server of servers) expect(await server.stop()).toBe(0);
  await dropDatabase(database);

  const count = (outcome: Call["outcome"]) =>
    history.filter((call) => call.outcome === outcome).length;
  expect(count("revoked")).toBe(victims);
  expect(count("accepted")).toBeGreaterThan(victims);
  expect(count("refused")).toBeGreaterThan(victims);
  expect(findViolations(history)).toEqual([]);
});
