import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { isProgram, run } from "./program";

/** Flags under which Chromium runs as root, without a graphics card and without calling home. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-quic",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];

/** The headless shell first: it is a browser without all that a window needs, and starts and runs faster. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const FOLDERS = ["/usr/bin", "/usr/local/bin", "/snap/bin"];
const MAC_NAMES = ["Google Chrome", "Chromium"];
const MAC_FOLDERS = MAC_NAMES.map((name) => `/Applications/${name}.app/Contents/MacOS`);

/** What to look at instead of this machine's own environment, usual folders and user. */
type Surroundings = { env?: NodeJS.ProcessEnv; folders?: string[]; isRoot?: boolean };

/**
 * The path of a Chromium that is installed: what `PLAYWRIGHT_CHROMIUM` names, else one on the PATH or
 * in a usual folder, else one that Playwright downloaded before. Looks at files, starts nothing.
 */
export function installedBrowser(surroundings: Surroundings = {}): string | undefined {
  const { env = process.env, folders = [...FOLDERS, ...MAC_FOLDERS] } = surroundings;
  if (env.PLAYWRIGHT_CHROMIUM) return env.PLAYWRIGHT_CHROMIUM;
  const path = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const usual = [...path, ...folders].flatMap((folder) =>
    [...NAMES, ...MAC_NAMES].map((name) => join(folder, name)),
  );
  return [...usual, ...downloaded(env)].find(isProgram);
}

/**
 * Finds a browser that starts, or gets one: Playwright's own download, then, as root on Debian or
 * Ubuntu, the headless shell or else Chromium by `apt-get install`.
 *
 * @returns the path of a Chromium that answers `--version`
 * @throws with every attempt and why it failed, and what to do about it
 */
export async function ensureBrowser(surroundings: Surroundings = {}): Promise<string> {
  const { env = process.env, isRoot = process.getuid?.() === 0 } = surroundings;
  const failures: string[] = [];
  const works = async (attempt: string): Promise<string | undefined> => {
    const path = installedBrowser(surroundings);
    const failure = path ? await run(path, ["--version"], env, 30) : "no browser found";
    if (failure === undefined) return path;
    failures.push(`${attempt}: ${path ? `${path}: ` : ""}${failure}`);
    return undefined;
  };
  const found = await works(env.PLAYWRIGHT_CHROMIUM ? "PLAYWRIGHT_CHROMIUM" : "installed");
  if (found || env.PLAYWRIGHT_CHROMIUM) return found ?? none(failures);

  const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");
  const failure = await run(
    process.execPath,
    [playwright, "install", "--only-shell", "chromium"],
    env,
    300,
  );
  if (failure) failures.push(`playwright install chromium: ${failure}`);
  const got = failure ? undefined : await works("after playwright install");
  if (got) return got;

  if (!isRoot) {
    failures.push("apt-get install chromium: needs root");
    return none(failures);
  }
  const apt = async (...args: string[]) => {
    const all = ["-q", "-o", "DPkg::Lock::Timeout=120", ...args];
    const failed = await run("apt-get", all, { ...env, DEBIAN_FRONTEND: "noninteractive" }, 300);
    if (failed) failures.push(`apt-get ${args.at(-1)}: ${failed}`);
    return failed === undefined;
  };
  await apt("update");
  for (const name of ["chromium-headless-shell", "chromium"]) {
    const isInstalled = await apt("install", "-y", "--no-install-recommends", name);
    const installed = isInstalled ? await works(`after apt-get install ${name}`) : undefined;
    if (installed) return installed;
  }
  return none(failures);
}

function none(failures: string[]): never {
  const tried = failures.map((line) => `  - ${line}`).join("\n");
  throw new Error(
    `No Chromium for the portal's tests.\n${tried}\nInstall Chromium or Google Chrome, or name one: PLAYWRIGHT_CHROMIUM=/path/to/chrome npm test`,
  );
}

/** Newest first, and of one version the headless shell. */
function downloaded(env: NodeJS.ProcessEnv): string[] {
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH ??
    (process.platform === "darwin"
      ? join(env.HOME ?? homedir(), "Library/Caches/ms-playwright")
      : join(env.XDG_CACHE_HOME ?? join(env.HOME ?? homedir(), ".cache"), "ms-playwright"));
  const inside = (folder: string) => list(folder).map((name) => join(folder, name));
  return list(cache)
    .filter((name) => name.startsWith("chromium"))
    .sort((a, b) => versionOf(b) - versionOf(a) || Number(isShell(b)) - Number(isShell(a)))
    .flatMap((name) => inside(join(cache, name)))
    .flatMap((folder) => [
      join(folder, "chrome"),
      join(folder, "chrome-headless-shell"),
      join(folder, "headless_shell"),
      join(folder, "Chromium.app/Contents/MacOS/Chromium"),
    ]);
}

const versionOf = (name: string) => Number(name.split("-").at(-1));
const isShell = (name: string) => name.includes("shell");

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
