import { execFileSync } from "node:child_process";

/**
 * Stops a server and all its processes where they are, like a hung machine.
 *
 * @returns what lets those of them that are still there go on
 */
export function freeze(pid: number): () => void {
  // The parent first, lest it start further ones meanwhile.
  signal(pid, "SIGSTOP");
  const children = childrenOf(pid);
  for (const child of children) signal(child, "SIGSTOP");
  return () => {
    for (const stopped of [...children, pid]) signal(stopped, "SIGCONT");
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended in the meantime.
  }
}

/** The processes that a process has started and that are still there. */
export function childrenOf(parent: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (ppid === parent && pid ? [pid] : []));
}
