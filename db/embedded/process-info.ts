import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";

/**
 * When a process started, in whatever form the system tells: with the pid it names one process for
 * good, since pids are used again.
 *
 * @returns undefined when there is no such process, or only its unreaped remains
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      // Fields after the command, which stands in parentheses and may hold spaces: proc(5).
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  return process.platform === "win32" ? "running" : (ps(pid, "lstart") ?? "running");
}

/** Whether the process is a PostgreSQL server on that data folder, as far as can be told. */
export function isServerOf(pid: number, cluster: string): boolean {
  if (process.platform === "win32") return true;
  const words = commandOf(pid);
  if (!/^postgres\b/.test(path.basename(words[0] ?? ""))) return false;
  const folder = words[words.indexOf("-D") + 1];
  // Started by other means, from PGDATA: nobody else has a reason to, so take it for ours.
  if (!words.includes("-D") || folder === undefined) return true;
  return real(folder) === real(cluster);
}

/** `/proc/PID/exe` would say more, but containers let root read that of its own user only. */
function commandOf(pid: number): string[] {
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")
      : (ps(pid, "command") ?? "").split(/ (?=-)|(?<=-D) /);
  } catch {
    return [];
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}
