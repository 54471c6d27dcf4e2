import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, test } from "../support/test";

/** A token of a Tenant that may read its audit log. */
async function auditor(
  server: { broker: (...args: string[]) => Promise<{ JWT: string }> },
  entityId: string,
) {
  const args = ["--tenant", entityId, "--name", "Auditor", "--scopes", "audit:read"];
  return (await server.broker("tokens", "issue", ...args)).JWT;
}

test.describe("GET /up/v5/audit", () => {
  test("lists what was done in a Tenant, newest first, by pages and filters", async ({
    api,
    server,
    tenant,
    issue,
  }) => {
    const token = await auditor(server, tenant.entityId);
    const made = await issue(tenant, { Name: "Robot" });
    const headers = { "X-Request-Id": "revocation-1" };
    await api("DELETE", `/up/v5/entityToken/${made.Id}`, { token: tenant.token, headers });
    const { status, body, headers: answered } = await api("GET", "/up/v5/audit?limit=2", { token });
    expect(status).toBe(200);
    expect(body.map((event: { Action: string }) => event.Action)).toEqual([
      "token.revoked",
      "token.issued",
    ]);
    expect(body[0]).toMatchObject({
      EntityId: tenant.entityId,
      Actor: { Type: "system", Id: tenant.tokenId, Name: "Default token" },
      Target: { Type: "token", Id: made.Id, Name: "Robot" },
      Before: { status: "Active" },
      After: { status: "Revoked" },
      Origin: { Address: "127.0.0.1", RequestId: "revocation-1" },
    });
    const next = /<(.+)>; rel="next"/.exec(answered.get("link") ?? "")?.[1] as string;
    const second = await api("GET", next, { token });
    expect(second.body[0].Sequence).toBe(body[1].Sequence - 1);
    const revoked = await api("GET", `/up/v5/audit?action=token.revoked&target=${made.Id}`, {
      token,
    });
    expect(revoked.body).toEqual([body[0]]);
    expect((await api("GET", "/up/v5/audit?color=red", { token })).status).toBe(400);
    expect((await api("GET", "/up/v5/audit", { token: tenant.token })).status).toBe(403);
  });

  test("holds nothing of another Tenant, whatever is asked for", async ({
    api,
    server,
    provision,
  }) => {
    const [one, other] = [await provision(), await provision()];
    const token = await auditor(server, one.entityId);
    const foreign = await api("GET", `/up/v5/audit?target=${other.tokenId}`, { token });
    expect(foreign.body).toEqual([]);
    const all = await api("GET", "/up/v5/audit", {
      token,
      headers: { Accept: "application/x-ndjson" },
    });
    expect(all.text).not.toContain(other.entityId);
  });
});

test.describe("exports and audit verify", () => {
  test("an NDJSON export is checked on the command line without a database", async ({
    api,
    server,
    tenant,
  }, info) => {
    const token = await auditor(server, tenant.entityId);
    const { headers, text } = await api("GET", "/up/v5/audit", {
      token,
      headers: { Accept: "application/x-ndjson" },
    });
    expect(headers.get("content-type")).toBe("application/x-ndjson");
    expect(headers.get("cache-control")).toBe("no-store");
    const file = info.outputPath("audit.ndjson");
    const verify = (content: string) => {
      writeFileSync(file, content);
      const args = ["bin/run.mjs", "broker", "audit", "verify", "--file", file, "--json"];
      // No database: a closed port would make any attempt fail.
      const env = {
        PATH: process.env.PATH,
        DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
      } as unknown as NodeJS.ProcessEnv;
      const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
      return { status, ...JSON.parse(stdout) };
    };
    expect(verify(text)).toEqual({ status: 0, Ok: true, Events: 4, FirstBad: null });
    expect(verify(text.replace("Auditor", "Nobody"))).toMatchObject({
      status: 1,
      Ok: false,
      FirstBad: { EntityId: tenant.entityId, Sequence: 3, Reason: "edited" },
    });
  });

  test("CSV comes as an attachment with a header line", async ({ api, server, tenant }) => {
    const token = await auditor(server, tenant.entityId);
    const { status, headers, text } = await api("GET", "/up/v5/audit?action=token.issued", {
      token,
      headers: { Accept: "text/csv" },
    });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/csv/);
    expect(headers.get("content-disposition")).toContain("audit.csv");
    const lines = text.trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^Sequence,OccurredAt,ActorType/);
    expect(lines).toHaveLength(3);
  });

  test("audit verify checks the database, one Tenant or all", async ({ server, tenant }) => {
    const one = await server.broker("audit", "verify", "--tenant", tenant.entityId);
    expect(one).toEqual({ Ok: true, Events: 2, FirstBad: null });
    expect(await server.broker("audit", "verify")).toMatchObject({ Ok: true, FirstBad: null });
    const unknown = await server.broker.run("audit", "verify", "--tenant", "nonsense", "--json");
    expect(unknown).toMatchObject({ status: 1, stdout: "" });
  });
});

test.describe("/up/v5/entityWebhook", () => {
  test("is managed by who may read the audit log and manage tokens, and shows its secret once", async ({
    api,
    server,
    tenant,
    provision,
  }) => {
    const args = ["--tenant", tenant.entityId, "--name", "Hooks"];
    const issued = await server.broker(
      "tokens",
      "issue",
      ...args,
      "--scopes",
      "tokens:manage audit:read",
    );
    const token = issued.JWT;
    const Url = "https://receiver.example/hook";
    const made = await api("POST", "/up/v5/entityWebhook", { token, json: { Url } });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      Url,
      Active: true,
      Secret: expect.stringMatching(/^whsec_/),
    });
    const path = `/up/v5/entityWebhook/${made.body.Id}`;
    expect((await api("GET", path, { token })).body).toMatchObject({ Url, Secret: null });
    expect((await api("GET", "/up/v5/entityWebhook", { token })).body).toHaveLength(1);
    const off = await api("PUT", path, { token, json: { Active: false } });
    expect(off.body).toMatchObject({ Active: false });
    const replayed = await api("POST", `${path}/replay`, { token, json: { FromSequence: 1 } });
    expect(replayed.body.Queued).toBeGreaterThan(2);
    const lesser = await auditor(server, tenant.entityId);
    expect((await api("GET", path, { token: lesser })).status).toBe(200);
    expect((await api("DELETE", path, { token: lesser })).status).toBe(403);
    const stranger = await auditor(server, (await provision()).entityId);
    expect((await api("GET", path, { token: stranger })).status).toBe(404);
    expect((await api("DELETE", path, { token })).status).toBe(200);
    expect((await api("GET", path, { token })).status).toBe(404);
  });

  for (const Url of [
    "http://receiver.example/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "nonsense",
  ]) {
    test(`${Url} is a 400 that names Url`, async ({ api, server, tenant }) => {
      const args = ["--tenant", tenant.entityId, "--name", "Hooks"];
      const issued = await server.broker(
        "tokens",
        "issue",
        ...args,
        "--scopes",
        "tokens:manage audit:read",
      );
      const { status, body } = await api("POST", "/up/v5/entityWebhook", {
        token: issued.JWT,
        json: { Url },
      });
      expect([status, body.Errors[0].Path]).toEqual([400, "Url"]);
    });
  }
});
