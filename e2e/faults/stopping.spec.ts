import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "@/db/embedded/port";
import { createDatabase, dropDatabase } from "@/e2e/support/database";
import { FaultLoad, makeCredentials, UNLIMITED } from "@/e2e/support/fault-load";
import { childrenOf } from "@/e2e/support/freeze";
import { startNginx } from "@/e2e/support/nginx";
import { ensureProgram } from "@/e2e/support/program";
import { startServer, type TestServer } from "@/e2e/support/server";
import { expect, test } from "@/e2e/support/test";

const rounds = Number(process.env.BROKER_TEST_STOPS || 3);
const secretKey = randomBytes(32).toString("base64");

test.describe.configure({ timeout: 240_000 });

/** Connections that say less than a whole request, and then nothing more. */
async function halfOpen(port: number): Promise<Socket[]> {
  const parts = [
    "",
    "GET /up/v5/ver",
    "GET /up/v5/verify HTTP/1.1\r\nHost: broker.example\r\nAuthoriz",
    "POST /up/v5/entityToken HTTP/1.1\r\nHost: broker.example\r\nContent-Length: 100\r\n\r\n{",
  ];
  return Promise.all(
    parts.map(
      (part) =>
        new Promise<Socket>((resolve) => {
          const socket = connect(port, "127.0.0.1", () =>
            socket.write(part, () => resolve(socket)),
          );
          socket.on("error", () => {});
        }),
    ),
  );
}

/** SIGTERM, and how it went. */
async function stop(server: TestServer): Promise<{ status: number | null; seconds: number }> {
  const started = performance.now();
  const status = await server.stop();
  return { status, seconds: (performance.now() - started) / 1000 };
}

test.describe("SIGTERM", () => {
  test("behind a proxy loses no request and exits within 15 s, half-open connections or not", async () => {
    const program = await ensureProgram("nginx", "nginx-light");
    test.skip("missing" in program, "missing" in program ? program.missing : "");
    if ("missing" in program) return;
    const database = await createDatabase();
    const ports = [await findFreePort(), await findFreePort()];
    const env = { ...UNLIMITED, WEB_CONCURRENCY: "2", BROKER_PUBLIC_URL: "http://broker.example" };
    const start = (port: number) =>
      startServer({ database, port, env: { ...env, BROKER_SECRET_KEY: secretKey } });
    const servers = await Promise.all(ports.map(start));
    const nginx = await startNginx(program.path, ports);
    const [first] = servers as [TestServer, ...TestServer[]];
    const load = new FaultLoad(() => nginx.url, await makeCredentials(first), { callers: 3 });
    const longest: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const at = round % servers.length;
      const port = ports[at] as number;
      await sleep(500);
      const open = await halfOpen(port);
      const { status, seconds } = await stop(servers[at] as TestServer);
      longest.push(seconds);
      expect(status).toBe(0);
      expect(seconds).toBeLessThan(15);
      for (const socket of open) socket.destroy();
      servers[at] = await start(port);
      await load.recovered();
    }
    await load.stop();
    console.log(`Stopped ${rounds} times, in at most ${Math.max(...longest).toFixed(1)} s`);
    for (const server of servers) expect(await server.stop()).toBe(0);
    await nginx.end();
    await load.expectNothingLost(database, "SIGTERM behind nginx");
    await dropDatabase(database);
  });

  test("a second time ends it at once, without the grace", async () => {
    const server = await startServer({ env: { BROKER_STOP_GRACE_SECONDS: "4" } });
    process.kill(server.pid, "SIGTERM");
    await sleep(800);
    // 0 is a stop that ran its course.
    expect(await server.stop()).toBe(1);
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

test("a worker that is killed is replaced by the supervisor; nothing acknowledged is lost", async () => {
  const database = await createDatabase();
  const server = await startServer({ database, env: { ...UNLIMITED, WEB_CONCURRENCY: "2" } });
  const credentials = await makeCredentials(server);
  const load = new FaultLoad(() => server.url, credentials, { mayBreak: true });
  for (let round = 0; round < 3; round++) {
    await sleep(500);
    const [victim, ...others] = childrenOf(server.pid);
    process.kill(victim as number, "SIGKILL");
    await load.recovered();
    await expect
      .poll(() => childrenOf(server.pid).filter((pid) => !others.includes(pid)).length, {
        timeout: 30_000,
      })
      .toBe(1);
  }
  await load.stop();
  expect(server.logs()).toContain("worker ended; starting another");
  expect(await server.stop()).toBe(0);
  await load.expectNothingLost(database, "Workers killed");
  await dropDatabase(database);
});
