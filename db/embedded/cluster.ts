import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Binaries, SERVER_ENV } from "./binaries";
import { EmbeddedDatabaseError } from "./error";
import { openOwn, type Place } from "./place";

const run = promisify(execFile);

export const USER = "broker";

/**
 * For a small server. Statements and values stay out of the log: they may be personal. The log is
 * one file a weekday, written over a week later. `alter system` overrides any of it.
 */
const SETTINGS = {
  max_connections: "200",
  shared_buffers: "128MB",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  logging_collector: "on",
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  log_checkpoints: "off",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/**
 * Makes the data folder if there is none. It is made beside its place and moved there when it is
 * whole, so a half-made one is never taken for a database. To be called under the lock file.
 */
export async function ensureCluster(
  place: Place,
  binaries: Binaries,
  log: (message: string) => void,
): Promise<void> {
  const versionFile = path.join(place.cluster, "PG_VERSION");
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, "utf8").trim();
    if (version === binaries.major) return;
    throw new EmbeddedDatabaseError(
      `${place.cluster} was made by PostgreSQL ${version}, and this is ${binaries.major}: ` +
        `dump it with version ${version} and restore it into a new folder.`,
    );
  }
  if (!existsSync(place.password))
    writeWhole(place, place.password, randomBytes(24).toString("hex"));
  const draft = `${place.cluster}.new`;
  log(`creating a database in ${place.folder}`);
  await initialize(draft, place, binaries);
  renameSync(draft, place.cluster);
  syncFolder(place.folder);
}

async function initialize(draft: string, place: Place, binaries: Binaries): Promise<void> {
  const { user } = place;
  const passwordForInit = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordForInit, readPassword(place), { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(draft, user.uid, user.gid);
    chownSync(passwordForInit, user.uid, user.gid);
  }
  // The builtin locale needs nothing of the system and sorts alike on every platform.
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = ["-U", USER, "-A", "scram-sha-256", `--pwfile=${passwordForInit}`];
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const args = ["-D", draft, "-E", "UTF8", ...locale, ...access, ...settings];
  try {
    await run(binaries.initdb, args, { ...user, cwd: "/", env: SERVER_ENV });
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    throw new EmbeddedDatabaseError(`initdb failed: ${(stderr || message).trim()}`, { cause });
  } finally {
    rmSync(passwordForInit, { force: true });
  }
}

/** The password of the user `broker`, made with the data folder. */
export function readPassword(place: Place): string {
  try {
    return readFileSync(place.password, "utf8").trim();
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The embedded database's password can't be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Writes a small file that is either there with all its contents, on disk, or not at all. */
export function writeWhole({ folder }: Place, file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  const handle = openOwn(folder, draft);
  writeSync(handle, `${text}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
