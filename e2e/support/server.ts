import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "@/db/embedded/port";
import { type Broker, brokerOf } from "./broker";
import { createDatabase, dropDatabase } from "./database";

/** `start` is what `npm start` runs; `next` is plain `next start`, as on any host of Next. */
export type Entry = "start" | "next";

export type ServerOptions = {
  entry?: Entry;
  /** A database of the caller's, else a fresh copy of the template that goes with the server. */
  database?: string;
  /** Settings on top of the usual ones; `undefined` leaves one out. */
  env?: Record<string, string | undefined>;
  /** Where it listens; a free port unless told. */
  port?: number;
  /** The path whose 200 means that it is up; `/readyz` unless told. */
  until?: string;
};

export type TestServer = {
  /** The supervisor's process. */
  pid: number;
  url: string;
  databaseUrl: string;
  env: NodeJS.ProcessEnv;
  /** The command line against the same database. */
  broker: Broker;
  /** What it printed so far, standard output and error. */
  logs(): string;
  /** SIGTERM and wait; answers the exit status. Drops the database that was made for it. */
  stop(): Promise<number | null>;
  /** `kill -9` for the supervisor and its workers. */
  kill(): Promise<void>;
};

const START = ["bin/run.mjs", "start"];
const NEXT = createRequire(import.meta.url).resolve("next/dist/bin/next");

/** Only what a person's shell would pass on: Playwright sets NODE_ENV and more for itself. */
const INHERITED = ["PATH", "HOME", "LANG", "TMPDIR", "TEMP", "SystemRoot", "USERPROFILE"];

/**
 * The environment of a server of ours in a test.
 *
 * @param databaseUrl its database
 * @param port where it listens on 127.0.0.1
 */
export function serverEnv(databaseUrl: string, port: number): NodeJS.ProcessEnv {
  const inherited = INHERITED.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(inherited.filter(([, value]) => value !== undefined)),
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    HOST: "127.0.0.1",
    WEB_CONCURRENCY: "1",
    BROKER_PUBLIC_URL: `http://127.0.0.1:${port}`,
    BROKER_SECRET_KEY: randomBytes(32).toString("base64"),
    BROKER_DEMO: "off",
    BROKER_STOP_GRACE_SECONDS: "0",
    BROKER_BAD_CREDENTIALS_PER_MINUTE: "0",
    NEXT_TELEMETRY_DISABLED: "1",
  } as unknown as NodeJS.ProcessEnv;
}

/** A process of ours under watch, in a group of its own. */
export type Watched = {
  child: ChildProcess;
  output(): string;
  /** Settles with the exit status; null after a signal. */
  ended: Promise<number | null>;
  /** Sends a signal to it and to all that it started. */
  signalAll(signal: NodeJS.Signals): void;
};

/** Process groups that must not outlive this process. */
const groups = new Set<number>();
process.once("exit", () => {
  for (const group of groups) signalGroup(group, "SIGKILL");
});

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // All of it has ended.
  }
}

/** Starts a Node program in the project's folder. It dies with the test worker at the latest. */
export function watch(args: string[], env: NodeJS.ProcessEnv): Watched {
  const child = spawn(process.execPath, args, {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const group = child.pid;
  if (group) groups.add(group);
  const signalAll = (signal: NodeJS.Signals) => group && signalGroup(group, signal);
  const ended = once(child, "close").then(([code]) => {
    if (group) groups.delete(group);
    return code as number | null;
  });
  return { child, output: () => output, ended, signalAll };
}

/**
 * Starts the real server and waits until it is ready.
 *
 * @throws with what it printed, when it ends or is not ready within a minute
 */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const databaseUrl = options.database ?? (await createDatabase());
  const port = options.port ?? (await findFreePort());
  const env = { ...serverEnv(databaseUrl, port), ...options.env } as NodeJS.ProcessEnv;
  const next = [NEXT, "start", "-p", String(port), "-H", "127.0.0.1"];
  const server = watch(options.entry === "next" ? next : START, env);
  const url = `http://127.0.0.1:${port}`;
  const end = async () => {
    const code = await server.ended;
    if (!options.database) await dropDatabase(databaseUrl);
    return code;
  };
  try {
    await ready(url + (options.until ?? "/readyz"), server);
  } catch (error) {
    server.signalAll("SIGKILL");
    await end();
    throw error;
  }
  return {
    pid: server.child.pid as number,
    url,
    databaseUrl,
    env,
    broker: brokerOf(env),
    logs: server.output,
    stop: () => {
      server.child.kill("SIGTERM");
      return end();
    },
    kill: async () => {
      server.signalAll("SIGKILL");
      await end();
    },
  };
}

async function ready(url: string, server: Watched): Promise<void> {
  let ended = false;
  void server.ended.then(() => {
    ended = true;
  });
  for (let attempt = 0; attempt < 600 && !ended; attempt++) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`The server ${ended ? "ended" : "did not get ready"}:\n${server.output()}`);
}
