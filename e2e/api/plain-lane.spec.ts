import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answersIn, sendRaw } from "@/e2e/support/raw";
import { startServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";
import { generateSecret } from "@/lib/credentials/secret-format";

const verify = (token: string, more = "") =>
  `GET /up/v5/verify HTTP/1.1\r\nHost: broker.example\r\nAuthorization: Bearer ${token}\r\n${more}\r\n`;
const CLOSE = "Connection: close\r\n";

/** A connection that stays open: sends, and waits for so many answers. */
async function openConnection(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let text = "";
  let closed = false;
  socket.setEncoding("latin1").on("data", (chunk) => {
    text += chunk;
  });
  socket.on("error", () => {}).on("end", () => socket.end());
  socket.on("close", () => {
    closed = true;
  });
  await once(socket, "connect");
  return {
    socket,
    isClosed: () => closed,
    async ask(bytes: string, answers: number): Promise<string> {
      const before = answersIn(text).length;
      const from = text.length;
      socket.write(bytes, "latin1");
      await expect
        .poll(() => answersIn(text).length - before, { intervals: [5, 10, 20] })
        .toBe(answers);
      await expect.poll(() => /\}$|\r\n\r\n$/.test(text)).toBe(true);
      return text.slice(from);
    },
  };
}

const comparable = (text: string) => ({
  start: text.split("\r\n")[0],
  headers: text
    .slice(0, text.indexOf("\r\n\r\n"))
    .split("\r\n")
    .slice(1)
    .filter((line) => !/^date:/i.test(line))
    .sort(),
  body: text.slice(text.indexOf("\r\n\r\n")),
});

test.describe("a plain call, answered straight from the socket", () => {
  test("has the same answer as one that Node's server read", async ({ server, tenant }) => {
    const plain = await openConnection(server.url);
    const byNode = await openConnection(server.url);
    for (const token of [tenant.token, generateSecret("sbat_"), "sbat_nonsense", "a.b.c", ""]) {
      const call = verify(token, "X-Request-Id: the-same\r\n");
      const [first, second] = [call.slice(0, 30), call.slice(30)];
      byNode.socket.write(first);
      await sleep(30);
      const answers = [await plain.ask(call, 1), await byNode.ask(second, 1)];
      expect(comparable(answers[0] as string)).toEqual(comparable(answers[1] as string));
      expect(answers[0]).toContain("X-Request-Id: the-same\r\n");
    }
    plain.socket.destroy();
    byNode.socket.destroy();
  });

  test("may be followed by anything on its connection", async ({ server, tenant }) => {
    const { ask, socket } = await openConnection(server.url);
    const list = `GET /up/v5/entityToken HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${tenant.token}\r\n\r\n`;
    const body = '{"Name":"By hand"}';
    const issue = `POST /up/v5/entityToken HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${tenant.token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    for (const call of [verify(tenant.token), verify(tenant.token), list, issue]) {
      expect(answersIn(await ask(call, 1))).toEqual(["200"]);
    }
    expect(answersIn(await ask(verify("x"), 1))).toEqual(["401"]);
    socket.destroy();
  });

  test("several at once are answered in their order", async ({ server, tenant }) => {
    const { ask, socket } = await openConnection(server.url);
    const call = verify(tenant.token);
    // The second begins while the first is under way, the third ends what the second began.
    socket.write(call);
    const answers = await ask(`${verify("x")}${call}`, 3);
    expect(answersIn(answers)).toEqual(["200", "401", "200"]);
    socket.destroy();
  });

  test("that ends in the middle of a header is still 408", async ({ server }) => {
    const { status } = await sendRaw(server.url, [verify("x").slice(0, -3)], 11_500);
    expect(status).toBe(408);
  });

  test("whose caller has nothing more to say is answered, and the connection ends", async ({
    server,
    tenant,
  }) => {
    const { socket, isClosed } = await openConnection(server.url);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.end(verify(tenant.token));
    await expect.poll(isClosed).toBe(true);
    expect(answersIn(text)).toEqual(["200"]);
  });

  test("that says close is answered with close", async ({ server, tenant }) => {
    const { text } = await sendRaw(server.url, [verify(tenant.token, CLOSE)]);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).toMatch(/\r\nConnection: close\r\n/i);
  });
});

test("a stopping server answers plain calls with close, and waits for no quiet connection", async () => {
  const server = await startServer({ env: { BROKER_STOP_GRACE_SECONDS: "2" } });
  const tenant = await server.broker("tenants", "create", "--name", "A", "--email", "a@b.example");
  const calling = await openConnection(server.url);
  const quiet = await openConnection(server.url);
  const silent = await openConnection(server.url);
  const call = verify(tenant.DefaultToken.JWT);
  expect(await calling.ask(call, 1)).toContain("Connection: keep-alive\r\nKeep-Alive: timeout=65");
  await quiet.ask(call, 1);
  const stopped = server.stop();
  await sleep(1_000);
  expect(await calling.ask(call, 1)).toContain("\r\nConnection: close\r\n");
  expect(await stopped).toBe(0);
  for (const { isClosed } of [calling, quiet, silent]) await expect.poll(isClosed).toBe(true);
});
