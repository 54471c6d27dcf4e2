import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { type Pinning, pin } from "./machine";

export const root = fileURLToPath(new URL("..", import.meta.url));
/** One for all servers of a run: they share databases. */
const secretKey = randomBytes(32).toString("base64");

/** Also those that aren't ready yet: the run may end before. */
const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill();
});

export type Running = {
  name: string;
  url: string;
  port: number;
  pid: number;
  /** What it was started with, for the command line beside it. */
  env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
};

/**
 * Starts a server as its own process, waits for the line that says so, and moves it to the
 * server's core: starting uses all there are.
 * @throws Error with what it printed, should it end instead.
 */
export async function startServer(options: {
  name: string;
  /** Arguments of `node`. */
  args: string[];
  env?: Record<string, string>;
  ready: RegExp;
  pinning: Pinning;
}): Promise<Running> {
  const port = await freePort();
  const args = options.args.map((arg) => arg.replace("$PORT", String(port)));
  const url = `http://127.0.0.1:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    ...options.env,
    PORT: String(port),
    BROKER_PUBLIC_URL: url,
  };
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  await readyLine(child, options.ready, options.name);
  const pid = child.pid as number;
  if (options.pinning) pin(pid, options.pinning.server);
  return {
    name: options.name,
    url,
    port,
    env,
    pid,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** `BENCH_PROFILE=folder` leaves CPU profiles of the product there, for Chromium's DevTools. */
const profiling = () =>
  process.env.BENCH_PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];

/** The product, as `npm start` runs it, on a database that is there. */
export const startProduct = (
  name: string,
  databaseUrl: string,
  pinning: Pinning,
  env: Record<string, string> = {},
): Promise<Running> =>
  startServer({
    name,
    args: [...profiling(), "bin/run.mjs", "start"],
    ready: /ServiceBroker Access/,
    pinning,
    env: {
      DATABASE_URL: databaseUrl,
      BROKER_SECRET_KEY: secretKey,
      BROKER_BAD_CREDENTIALS_PER_MINUTE: "0",
      BROKER_DEMO: "off",
      BROKER_STOP_GRACE_SECONDS: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "error",
      WEB_CONCURRENCY: "1",
      ...env,
    },
  });

function readyLine(child: ChildProcess, ready: RegExp, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const hear = (text: Buffer) => {
      output = (output + text).slice(-20_000);
      if (ready.test(output)) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${name} ended (${code}): ${output}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
