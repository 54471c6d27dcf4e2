import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import type { Binaries } from "./binaries";
import { EmbeddedDatabaseError } from "./error";
import { initdb } from "./initdb";
import { openOwn, type Place } from "./place";

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
  await initdb({
    folder: draft,
    binaries,
    user: place.user,
    password: readPassword(place),
    settings: SETTINGS,
    sync: true,
  });
  renameSync(draft, place.cluster);
  syncFolder(place.folder);
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
