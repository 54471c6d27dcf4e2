import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { Webhook as Receiver } from "standardwebhooks";
import { forgetSettings } from "@/lib/settings";
import { updateToken } from "@/lib/tokens/update";
import { createWebhook } from "@/lib/webhooks/create";
import { deliverWebhooks, pauseAfter } from "@/lib/webhooks/deliver";
import { listWebhooks } from "@/lib/webhooks/list";
import { replayWebhook } from "@/lib/webhooks/replay";
import { openWebhookSecret, sealWebhookSecret } from "@/lib/webhooks/secret";
import { sendMessage } from "@/lib/webhooks/send";
import { isPublicAddress, parseTarget, publicLookup } from "@/lib/webhooks/target";
import { openDatabase, service } from "../support/in-process";

const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

test.describe("where webhooks may go", () => {
  for (const address of [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "fe80::1",
    "fd00::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
  ]) {
    test(`not to ${address}`, () => expect(isPublicAddress(address)).toBe(false));
  }
  for (const address of ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]) {
    test(`to ${address}`, () => expect(isPublicAddress(address)).toBe(true));
  }

  for (const url of [
    "http://example.com/",
    "https://user:pass@example.com/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://[::ffff:127.0.0.1]/",
    "https://localhost/",
    "https://broker.localhost./",
    "ftp://example.com/",
    "example.com",
  ]) {
    test(`${url} is refused`, () => {
      expect(() => parseTarget(url, false)).toThrow(/^Url: /);
    });
  }

  test("a name that leads to a private address is refused when it is connected to", async () => {
    const refused = await new Promise((resolve) => {
      publicLookup("localhost", { all: true }, (error) => resolve(error?.code));
    });
    expect(refused).toBe("FORBIDDEN_TARGET");
  });
});

test("the pause doubles to five minutes, give or take a fifth", () => {
  expect([1, 2, 3, 9, 50].map((failures) => pauseAfter(failures, 0.5))).toEqual([
    1, 2, 4, 256, 300,
  ]);
  expect(pauseAfter(3, 0)).toBeCloseTo(3.2);
  expect(pauseAfter(3, 1)).toBeCloseTo(4.8);
});

type Received = { headers: IncomingHttpHeaders; body: string };

/** A receiver that answers what it is told to. */
async function receiver() {
  const received: Received[] = [];
  let answer = 204;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (status: number) => {
      answer = status;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

test("a message doesn't leave for a private address", async () => {
  const target = await receiver();
  const message = { url: target.url, secret, id: "m1", body: "{}", sentAt: new Date() };
  expect(() => sendMessage(message, false)).toThrow(/^Url: /);
  const named = { ...message, url: target.url.replace("http://127.0.0.1", "https://localhost") };
  expect(() => sendMessage(named, false)).toThrow(/^Url: /);
  expect(await sendMessage(message, true)).toBe(204);
  expect(target.received).toHaveLength(1);
  await target.close();
});

test.describe("delivering events", () => {
  const database = openDatabase();
  test.beforeAll(() => {
    process.env.BROKER_WEBHOOKS_TO_PRIVATE = "on";
    forgetSettings();
  });
  test.afterAll(() => {
    delete process.env.BROKER_WEBHOOKS_TO_PRIVATE;
    forgetSettings();
  });

  /** Tries at once what waits for its next attempt. */
  const retryNow = () =>
    database.query((sql) => sql`update webhooks set next_attempt_at = now() - interval '1 second'`);
  const deliverAll = async () => {
    while ((await deliverWebhooks()) > 0);
  };

  test("a receiver that was down gets every event once it is back, in order, each signed", async () => {
    const { id: tenantId, tokenId } = await database.tenant();
    const target = await receiver();
    const webhook = await createWebhook(service, { tenantId, url: target.url });
    target.answer(500);
    await deliverAll();
    for (let i = 0; i < 6; i++) {
      await updateToken(service, { tenantId, tokenId, name: `Renamed ${i}` });
    }
    await deliverAll();
    const [failing] = await listWebhooks(service, { tenantId });
    expect(failing).toMatchObject({ waiting: 7, failures: 1, lastError: "HTTP 500" });
    target.answer(204);
    target.received.length = 0;
    await retryNow();
    // Two instances at once: one of them delivers.
    await Promise.all([deliverAll(), deliverAll()]);
    const events = target.received.map(({ headers, body }) => {
      const payload = new Receiver(webhook.secret).verify(body, headers as Record<string, string>);
      return payload as { type: string; data: { Id: string; Sequence: number } };
    });
    expect(events.map((event) => event.type)).toEqual([
      "webhook.created",
      ...Array.from({ length: 6 }, () => "token.renamed"),
    ]);
    expect(events.map((event) => event.data.Sequence)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(target.received.map(({ headers }) => headers["webhook-id"])).toEqual(
      events.map((event) => event.data.Id),
    );
    const [well] = await listWebhooks(service, { tenantId });
    expect(well).toMatchObject({ waiting: 0, failures: 0, lastError: null });
    await target.close();
  });

  test("events are delivered again from a sequence on, under the ids that they had", async () => {
    const { id: tenantId } = await database.tenant();
    const target = await receiver();
    const webhook = await createWebhook(service, { tenantId, url: target.url });
    await deliverAll();
    const first = target.received.map(({ headers }) => headers["webhook-id"]);
    const input = { tenantId, webhookId: webhook.id, fromSequence: 1 };
    expect(await replayWebhook(service, input)).toEqual({ queued: 3 });
    await deliverAll();
    const again = target.received.slice(1).map(({ body }) => JSON.parse(body));
    expect(again.map((event) => event.data.Sequence)).toEqual([1, 2, 3, 4]);
    expect(again[2].data.Id).toBe(first[0]);
    await target.close();
  });

  test("410 switches a webhook off", async () => {
    const { id: tenantId } = await database.tenant();
    const target = await receiver();
    await createWebhook(service, { tenantId, url: target.url });
    target.answer(410);
    await deliverAll();
    expect(await listWebhooks(service, { tenantId })).toMatchObject([{ active: false }]);
    await target.close();
  });

  test("the database holds no webhook secret in clear", async () => {
    const sealed = sealWebhookSecret("one", secret);
    expect(sealed.includes(Buffer.from(secret))).toBe(false);
    expect(openWebhookSecret("one", sealed)).toBe(secret);
    expect(() => openWebhookSecret("another", sealed)).toThrow();
  });
});
