import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  fchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { EmbeddedDatabaseError } from "./error";
import { canReach, isRoot, type RunUser, runUserFor } from "./run-user";

/** For root: what the unprivileged server can't reach where it was wanted is put here. */
const SHARED_FOLDER = "/var/lib/servicebroker-access";

/** Where everything of one embedded database lies, and whose it is. */
export interface Place {
  folder: string;
  /** PostgreSQL's own data folder, the property of `user`. All else is not. */
  cluster: string;
  password: string;
  port: string;
  lock: string;
  /** What the server said before its log collector ran; written anew at each start. */
  startLog: string;
  /** Where a copy of the binaries goes if one is needed. */
  cache: string;
  user: RunUser;
}

/**
 * Decides where the database of `dataDir` lies and makes that folder: `dataDir/postgres`, or, for
 * root whose server can't get there, a folder under /var/lib that `dataDir/postgres.location`
 * names from then on.
 */
export function choosePlace(dataDir: string, log: (message: string) => void): Place {
  const wanted = path.resolve(dataDir, "postgres");
  const note = path.resolve(dataDir, "postgres.location");
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const noted = existsSync(note) ? readFileSync(note, "utf8").trim() : undefined;
  const user = runUserFor(path.join(noted ?? wanted, "data"));
  if (noted) return prepare(noted, user);
  if (existsSync(path.join(wanted, "data")) && !canReach(path.join(wanted, "data"), user)) {
    throw new EmbeddedDatabaseError(
      `The database in ${wanted} belongs to user ${user.uid}, who can't reach it any more: ` +
        "let that user pass the folders above it (chmod o+x).",
    );
  }
  if (canReach(wanted, user)) return prepare(wanted, user);
  const name = createHash("sha256").update(wanted).digest("hex").slice(0, 16);
  const elsewhere = path.join(SHARED_FOLDER, name);
  log(`${wanted} can't be reached by user ${user.uid}, who runs PostgreSQL: using ${elsewhere}`);
  const place = prepare(elsewhere, user);
  writeFileSync(note, `${elsewhere}\n`);
  return place;
}

function prepare(folder: string, user: RunUser): Place {
  const cluster = path.join(folder, "data");
  try {
    mkdirSync(path.dirname(folder), { recursive: true, mode: 0o755 });
    // Root's server has to pass through; what else lies there has mode 0600.
    mkdirSync(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
    if (existsSync(cluster)) readdirSync(cluster);
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The folder ${folder} of the embedded database can't be used: ${(cause as Error).message}`,
      { cause },
    );
  }
  return {
    folder,
    cluster,
    password: path.join(folder, "password"),
    port: path.join(folder, "port"),
    lock: path.join(folder, "lock"),
    startLog: path.join(folder, "start.log"),
    cache: isRoot() ? SHARED_FOLDER : folder,
    user,
  };
}

/** Opens a small file of our own for writing; whoever owns the folder can use it later on. */
export function openOwn(folder: string, file: string): number {
  const handle = openSync(file, "w", 0o600);
  const { uid, gid } = statSync(folder);
  if (isRoot() && uid !== 0) fchownSync(handle, uid, gid);
  return handle;
}
