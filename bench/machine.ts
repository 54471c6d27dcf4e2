import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/**
 * Which cores get what. The server under test has one to itself; load generator and database share
 * the others, so that what is measured is the server. Undefined where the machine can't pin.
 */
export type Pinning = { server: string; rest: string } | undefined;

export function choosePinning(): Pinning {
  const cores = availableParallelism();
  if (cores < 2 || spawnSync("taskset", ["--version"]).status !== 0) return undefined;
  return { server: "0", rest: cores === 2 ? "1" : `1-${cores - 1}` };
}

/** Binds a running process, its descendants, and what they start from now on, to cores. */
export function pin(root: number, cores: string): void {
  for (const pid of treeOf(root).keys()) {
    spawnSync("taskset", ["-a", "-p", "-c", cores, String(pid)]);
  }
}

/** A command that starts bound to cores. */
export function pinned(command: string[], cores: string | undefined): [string, ...string[]] {
  return (cores ? ["taskset", "-c", cores, ...command] : command) as [string, ...string[]];
}

const ticksPerSecond = 100;

/** CPU seconds that a process and its descendants have used; NaN where /proc doesn't tell. */
export function cpuSeconds(root: number): number {
  const tree = [...treeOf(root).values()];
  if (tree.length === 0) return Number.NaN;
  return tree.reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;
}

/** A process and its descendants, by id; none where /proc doesn't tell. */
function treeOf(root: number): Map<number, Stat> {
  const known = new Map<number, Stat>();
  try {
    for (const name of readdirSync("/proc")) {
      const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
      if (stat) known.set(Number(name), stat);
    }
  } catch {
    return known; // No such folder.
  }
  const isInTree = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === root || isInTree(known.get(pid)?.parent));
  return new Map([...known].filter(([pid]) => isInTree(pid)));
}

/** The parent of a process, as the database's backend tells us the postmaster. */
export const parentOf = (pid: number): number | undefined => statOf(String(pid))?.parent;

type Stat = { parent: number; ticks: number };

function statOf(pid: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined; // It has ended in the meantime.
  }
}
