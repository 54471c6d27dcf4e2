import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { migrate } from "@/db/migrate";
import { apiOf } from "@/e2e/support/call";
import { query } from "@/e2e/support/database";
import { dump } from "@/e2e/support/dump";
import { EverySecret } from "@/e2e/support/every-secret";
import { startMail } from "@/e2e/support/mail-server";
import { startPostgres } from "@/e2e/support/postgres";
import { findSecrets, type Issued } from "@/e2e/support/secret-search";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

/** Takes what is pushed, but not the first two times. */
async function startReceiver() {
  let received = 0;
  const server = createServer((request, response) => {
    request.resume();
    received++;
    response.writeHead(received < 3 ? 500 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, received: () => received, server };
}

test.describe("secrets", () => {
  test("a full database dump, the logs of a full run at level trace and every statement sent to the database contain no issued secret", async () => {
    test.setTimeout(240_000);
    const postgres = await startPostgres();
    const database = await postgres.createDatabase("secrets");
    await migrate(database);
    const mail = await startMail();
    const receiver = await startReceiver();
    const settings = {
      BROKER_SECRET_KEY: randomBytes(32).toString("base64"),
      BROKER_METRICS_TOKEN: randomBytes(24).toString("hex"),
      OIDC_CLIENT_SECRET: randomBytes(24).toString("hex"),
      mailPassword: randomBytes(24).toString("hex"),
    };
    // The server writes down each statement with its parameters.
    await query(database, (sql) => sql`alter system set log_statement = 'all'`);
    await query(database, (sql) => sql`select pg_reload_conf()`);
    const { mailPassword, ...env } = settings;
    const server = await startServer({
      database,
      env: {
        ...env,
        OIDC_ISSUER: "http://127.0.0.1:9",
        OIDC_CLIENT_ID: "broker",
        SMTP_URL: `smtp://broker:${mailPassword}@127.0.0.1:${mail.port}`,
        BROKER_WEBHOOKS_TO_PRIVATE: "on",
        BROKER_AUDIT_SIGN_EVERY: "1",
        LOG_LEVEL: "trace",
      },
    });
    const api = apiOf(server.url);
    const made = new EverySecret(server, () => mail.links);
    for (const [what, value] of Object.entries(settings)) made.note(what, value);

    const tenant = await made.tokens(receiver.url);
    await made.clients(tenant);
    const session = await made.people(tenant);
    await made.resets();
    await made.keys();
    await api("GET", "/metrics", { token: settings.BROKER_METRICS_TOKEN });
    await expect.poll(receiver.received, { timeout: 30_000 }).toBeGreaterThan(0);

    // What goes wrong is where secrets slip out: the same once more, without a table.
    await query(database, (sql) => sql`alter table audit_events rename to gone`);
    const { token } = tenant;
    const planted = { what: "planted", value: randomBytes(20).toString("hex") };
    const headers = { "X-Request-Id": planted.value };
    const broken = [
      await api("POST", "/up/v5/entityToken", { token, json: { Name: "System" }, headers }),
      await api("POST", "/up/v5/entityClient", { token, json: { Name: "System" } }),
      await session.call("GET", `/t/${tenant.entityId}/audit`),
      await session.call("POST", "/api/password-resets", {
        json: { email: "by-mail@mail.example" },
      }),
    ];
    expect(broken.slice(0, 2).map(({ status }) => status)).toEqual([500, 500]);
    await query(database, (sql) => sql`alter table gone rename to audit_events`);
    await api("POST", "/up/v5/entityToken", { token, json: { Name: "System" }, headers });
    expect(await server.stop()).toBe(0);

    const places = {
      dump: await dump(database),
      log: server.logs(),
      statements: readFileSync(path.join(postgres.folder, "start.log"), "utf8"),
    };
    await mail.close();
    receiver.server.close();
    await postgres.kill();

    expect(new Set(made.issued.map(({ what }) => what)).size).toBeGreaterThan(20);
    // What is written down on purpose is found in each place; then nothing found means something.
    for (const [place, content] of Object.entries(places)) {
      expect(findSecrets(content, made.issued), place).toEqual([]);
      expect(findSecrets(content, [planted]), place).toContain("planted, raw");
      expectEachToBeFound(content, made.issued);
    }
    console.log(
      `Secrets: ${made.issued.length} issued, searched for in ${Object.entries(places)
        .map(([place, { length }]) => `${Math.ceil(length / 1000)} kB of ${place}`)
        .join(", ")}.`,
    );
  });
});

/** That the search finds what is there: each secret, planted in the middle of the very same text. */
function expectEachToBeFound(content: string, issued: Issued[]): void {
  const around = content.slice(-2000);
  for (const { what, value } of issued) {
    const bytes = Buffer.from(value as string);
    const planted = {
      raw: typeof value === "string" ? value : bytes.toString("hex"),
      hex: bytes.toString("hex").toUpperCase(),
      base64: Buffer.concat([Buffer.from("user:"), bytes]).toString("base64"),
      percent: bytes.toString("hex").replace(/../g, (pair) => `%${pair}`),
    };
    for (const [form, text] of Object.entries(planted)) {
      const found = findSecrets(`${around}\n{"msg":"${text}"}\n`, [{ what, value }]);
      expect(found.length, `${what} planted as ${form}`).toBeGreaterThan(0);
    }
  }
}
