import { execFile } from "node:child_process";
import { chownSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { type Binaries, SERVER_ENV } from "./binaries";
import { EmbeddedDatabaseError } from "./error";
import type { RunUser } from "./run-user";

/** The superuser, whose password every connection has to give. */
export const USER = "broker";

/**
 * Makes a PostgreSQL data folder, replacing what was there.
 *
 * @param options.settings go to its postgresql.conf
 * @param options.sync false to leave the writing to disk to chance
 * @throws EmbeddedDatabaseError with what initdb said
 */
export async function initdb(options: {
  folder: string;
  binaries: Binaries;
  user: RunUser;
  password: string;
  settings: Record<string, string>;
  sync: boolean;
}): Promise<void> {
  const { folder, binaries, user } = options;
  const passwordFile = `${folder}.password`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(folder, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  // The builtin locale needs nothing of the system and sorts alike on every platform.
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = ["-U", USER, "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const settings = Object.entries(options.settings).flatMap(([name, v]) => ["-c", `${name}=${v}`]);
  const args = ["-D", folder, "-E", "UTF8", ...locale, ...access, ...settings];
  if (!options.sync) args.push("--no-sync");
  try {
    await promisify(execFile)(binaries.initdb, args, { ...user, cwd: "/", env: SERVER_ENV });
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    const said = (stderr || message).trim();
    const hint = /could not look up/.test(said)
      ? ". It runs only as a user that the system knows: add one, or set DATABASE_URL."
      : "";
    throw new EmbeddedDatabaseError(`initdb failed: ${said}${hint}`, { cause });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
