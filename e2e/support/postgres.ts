import { execFileSync } from "node:child_process";
import { appendFileSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { type Binaries, findBinaries } from "@/db/embedded/binaries";
import { initdb } from "@/db/embedded/initdb";
import { findFreePort } from "@/db/embedded/port";
import { findPostmaster, spawnPostmaster } from "@/db/embedded/postmaster";
import { startOf } from "@/db/embedded/process-info";
import { canReach, type RunUser, runUserFor } from "@/db/embedded/run-user";
import { claim, killServer, removeLeftovers } from "./leftovers";

const PASSWORD = "test";
const PREFIX = "servicebroker-postgres-";

/** For tests only: what a crash of the machine would lose is lost anyway. */
const SETTINGS = {
  fsync: "off",
  full_page_writes: "off",
  max_connections: "300",
  shared_buffers: "64MB",
  unix_socket_directories: "",
  timezone: "UTC",
};

export type StopMode = "smart" | "fast" | "immediate";
const SIGNALS = { smart: "SIGTERM", fast: "SIGINT", immediate: "SIGQUIT" } as const;

/**
 * Starts a throw-away PostgreSQL of its own: the product's binaries, a temporary folder, a free
 * port, user `broker` with the password "test". Call `kill()` when done with it.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const user = runUserFor("");
  const parent = temporaryFolder(user);
  removeLeftovers(parent, PREFIX);
  const folder = mkdtempSync(path.join(parent, PREFIX));
  claim(folder);
  const binaries = await findBinaries(
    user,
    path.join(tmpdir(), "servicebroker-binaries"),
    () => {},
  );
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  await initdb({
    folder: path.join(folder, "data"),
    binaries,
    user,
    password: PASSWORD,
    settings: SETTINGS,
    sync: false,
  });
  const server = new TestPostgres(folder, binaries, user, await findFreePort());
  process.once("exit", () => server.killNow());
  await server.start();
  return server;
}

export class TestPostgres {
  readonly port: number;
  readonly folder: string;
  readonly #binaries: Binaries;
  readonly #user: RunUser;

  constructor(folder: string, binaries: Binaries, user: RunUser, port: number) {
    this.folder = folder;
    this.#binaries = binaries;
    this.#user = user;
    this.port = port;
  }

  get #cluster(): string {
    return path.join(this.folder, "data");
  }

  /** The server's process. @throws when it doesn't run */
  get pid(): number {
    const postmaster = findPostmaster(this.#cluster);
    if (!postmaster) throw new Error("PostgreSQL does not run.");
    return postmaster.pid;
  }

  url(database = "postgres"): string {
    return `postgres://broker:${PASSWORD}@127.0.0.1:${this.port}/${database}`;
  }

  /** @param template an existing database to copy, to which nobody is connected */
  async createDatabase(name: string, template?: string): Promise<string> {
    await this.#admin(
      (sql) =>
        sql`create database ${sql(name)} ${template ? sql`template ${sql(template)}` : sql``}`,
    );
    return this.url(name);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.#admin((sql) => sql`drop database if exists ${sql(name)} with (force)`);
  }

  /** Starts the server and waits until it answers. */
  async start(): Promise<void> {
    const place = { cluster: this.#cluster, startLog: path.join(this.folder, "start.log") };
    for (let attempt = 0; attempt < 100; attempt++) {
      const { exited } = spawnPostmaster({ ...place, user: this.#user }, this.#binaries, this.port);
      let ended: string | undefined;
      void exited.then((output) => {
        ended = output;
      });
      while (ended === undefined) {
        if (await this.#admin((sql) => sql`select 1`).catch(() => undefined)) return;
        await sleep(20);
      }
      // Right after a kill, processes of the old server may still have its shared memory.
      if (!/still in use|already exists/.test(ended)) throw new Error(ended);
      await sleep(100);
    }
    throw new Error("PostgreSQL did not start.");
  }

  /**
   * Starts a hot standby of this server, which knows it by `name`: a copy of its files, made while
   * it is stopped for a moment.
   */
  async startStandby(name: string): Promise<TestPostgres> {
    const folder = `${this.folder}-${name}`;
    await this.stop();
    execFileSync("cp", ["-a", this.folder, folder]);
    claim(folder);
    const standby = new TestPostgres(folder, this.#binaries, this.#user, await findFreePort());
    process.once("exit", () => standby.killNow());
    const cluster = path.join(folder, "data");
    writeFileSync(path.join(cluster, "standby.signal"), "");
    const source = `host=127.0.0.1 port=${this.port} user=broker password=${PASSWORD} application_name=${name}`;
    appendFileSync(path.join(cluster, "postgresql.auto.conf"), `primary_conninfo = '${source}'\n`);
    await this.start();
    await standby.start();
    return standby;
  }

  /** Sends a signal to the server's main process, and waits for its end unless it only pauses. */
  async stop(signal: NodeJS.Signals = "SIGINT"): Promise<void> {
    const postmaster = findPostmaster(this.#cluster);
    if (!postmaster) return;
    const { pid, started } = postmaster;
    process.kill(pid, signal);
    if (signal === "SIGSTOP" || signal === "SIGCONT") return;
    while (startOf(pid) === started) await sleep(10);
  }

  async restart(mode: StopMode = "fast"): Promise<void> {
    await this.stop(SIGNALS[mode]);
    await this.start();
  }

  /** Ends the server at once, whatever its state, and removes its folder. */
  async kill(): Promise<void> {
    await this.stop("SIGKILL");
    this.killNow();
  }

  /** The same without waiting, for a process that ends. */
  killNow(): void {
    killServer(this.#cluster);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  async #admin<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = postgres(this.url(), { max: 1, connect_timeout: 2, fetch_types: false });
    try {
      return await work(sql);
    } finally {
      await sql.end({ timeout: 1 }).catch(() => {});
    }
  }
}

/** The usual one, unless root has a private one that its unprivileged server can't reach. */
function temporaryFolder(user: RunUser): string {
  const usual = tmpdir();
  return canReach(path.join(usual, "x"), user) ? usual : "/var/tmp";
}
