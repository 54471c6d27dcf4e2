import { expect, test } from "@/e2e/support/test";

const TOKENS = "/up/v5/entityToken";

test.describe("changes of one Tenant at once", () => {
  test("issue, rename, revoke, replace and an update of the Tenant never stand in each other's way", async ({
    api,
    tenant,
    issue,
    masterToken,
  }) => {
    const { token } = tenant;
    for (let round = 0; round < 10; round++) {
      const [one, two, three] = await Promise.all([issue(tenant), issue(tenant), issue(tenant)]);
      const answers = await Promise.all([
        api("POST", TOKENS, { token, json: { Name: "New" } }),
        api("DELETE", `${TOKENS}/${one?.Id}`, { token }),
        api("POST", TOKENS, { token, json: { Name: "New" } }),
        api("PUT", `${TOKENS}/${two?.Id}`, { token, json: { Name: "Renamed" } }),
        api("POST", `${TOKENS}/${three?.Id}/replace`, { token, json: { OverlapSeconds: 0 } }),
        api("PUT", `/up/v5/entity/${tenant.entityId}`, { token, json: { Desc: `Round ${round}` } }),
        api("PUT", `/up/v5/entity/${tenant.entityId}`, {
          token: masterToken,
          json: { Domain: `${round}.example` },
        }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    }
  });

  test("nor do clients, their secrets and tokens", async ({ api, tenant, issue }) => {
    const { token } = tenant;
    const clients = "/up/v5/entityClient";
    const create = () => api("POST", clients, { token, json: { Name: "ERP" } });
    for (let round = 0; round < 10; round++) {
      const [one, two, three] = await Promise.all([create(), create(), issue(tenant)]);
      const answers = await Promise.all([
        create(),
        api("DELETE", `${clients}/${one?.body.ClientId}`, { token }),
        create(),
        api("PUT", `${clients}/${two?.body.ClientId}`, { token, json: { Name: "Renamed" } }),
        api("POST", `${clients}/${two?.body.ClientId}/secrets`, { token }),
        api("DELETE", `${TOKENS}/${three?.Id}`, { token }),
        api("POST", TOKENS, { token, json: { Name: "New" } }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    }
  });
});
