import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const FOLDERS = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
const APT = ["-q", "-o", "DPkg::Lock::Timeout=120"];

/**
 * Finds a program, or gets it as root on Debian or Ubuntu: `apt-get install` of a package, without
 * starting what the package would start.
 *
 * @returns its path, or why there is none
 */
export async function ensureProgram(
  name: string,
  pack: string,
): Promise<{ path: string } | { missing: string }> {
  const found = findProgram(name);
  if (found) return { path: found };
  if (process.getuid?.() !== 0) {
    return { missing: `${name} is not installed, and only root can install it.` };
  }
  // RUNLEVEL=1 is what keeps Debian's packages from starting their services.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const install = [...APT, "install", "-y", "--no-install-recommends", pack];
  const failures: string[] = [];
  for (const args of [install, [...APT, "update"], install]) {
    const failed = await run("apt-get", args, env, 180);
    if (failed) failures.push(`apt-get ${args.at(-1)}: ${failed}`);
    const path = findProgram(name);
    if (path) return { path };
  }
  return { missing: `${name} could not be installed: ${failures.join("; ")}` };
}

function findProgram(name: string): string | undefined {
  const path = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...path, ...FOLDERS].map((folder) => join(folder, name)).find(isProgram);
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Runs a program; the last line that it printed is why it failed, `undefined` is success. */
export function run(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  seconds: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: seconds * 1000,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => {
      const why = output.match(/^.*(?:error|denied|unable|cannot).*$/im)?.[0].trim();
      if (code === 0) resolve(undefined);
      else resolve(signal ? `gave up after ${seconds} s` : `exit ${code}${why ? `: ${why}` : ""}`);
    });
  });
}
