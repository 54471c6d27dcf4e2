import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { findFreePort } from "@/db/embedded/port";
import { runUserFor } from "@/db/embedded/run-user";

/** A PgBouncer of the test's own in transaction mode, in front of one database. */
export type PgBouncer = {
  /** The database, through it. */
  url: string;
  /** A command of its console: `pause`, `resume`, `reconnect`, `kill broker` … */
  command(text: string): Promise<Record<string, unknown>[]>;
  /** Lets another login through. */
  addUser(name: string, password: string): Promise<void>;
  /** SIGKILL, as a crash would. */
  crash(): Promise<void>;
  start(): Promise<void>;
  end(): Promise<void>;
};

/**
 * @param program path of pgbouncer
 * @param database URL of a database; its user and password are taken for PgBouncer's own, too
 * @param poolSize connections to the server at most
 */
export async function startPgBouncer(
  program: string,
  database: string,
  poolSize: number,
): Promise<PgBouncer> {
  const { hostname, port, username, password, pathname } = new URL(database);
  const listen = await findFreePort();
  const user = runUserFor("");
  const folder = mkdtempSync(path.join(tmpdir(), "servicebroker-pgbouncer-"));
  const config = path.join(folder, "pgbouncer.ini");
  writeFileSync(path.join(folder, "users"), `"${username}" "${password}"\n`);
  writeFileSync(
    config,
    `[databases]
broker = host=${hostname} port=${port} dbname=${pathname.slice(1)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listen}
unix_socket_dir =
auth_type = plain
auth_file = ${path.join(folder, "users")}
admin_users = ${username}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 500
server_login_retry = 1
`,
  );
  const { uid, gid } = user;
  if (uid !== undefined && gid !== undefined) {
    for (const file of [folder, config, path.join(folder, "users")]) chownSync(file, uid, gid);
  }
  const address = `postgres://${username}:${password}@127.0.0.1:${listen}`;
  const console_ = async (text: string) => {
    const sql = postgres(`${address}/pgbouncer`, {
      max: 1,
      connect_timeout: 2,
      fetch_types: false,
      prepare: false,
      onnotice: () => {},
    });
    try {
      return [...(await sql.unsafe(text).simple())] as Record<string, unknown>[];
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  let child: ChildProcess | undefined;
  const crash = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  const start = async () => {
    child = spawn(program, [config], { ...user, cwd: "/", stdio: "ignore" });
    for (let i = 0; i < 200; i++) {
      if (await console_("show version").catch(() => undefined)) return;
      await sleep(50);
    }
    throw new Error("PgBouncer did not start.");
  };
  process.once("exit", () => child?.kill("SIGKILL"));
  await start();
  return {
    url: `${address}/broker`,
    command: console_,
    async addUser(name, secret) {
      appendFileSync(path.join(folder, "users"), `"${name}" "${secret}"\n`);
      await console_("reload");
    },
    crash,
    start,
    async end() {
      await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
