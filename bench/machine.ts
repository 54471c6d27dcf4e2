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

/** Binds a running process, and what it starts from now on, to cores. */
export function pin(pid: number, cores: string | undefined): void {
  if (cores) spawnSync("taskset", ["-a", "-p", "-c", cores, String(pid)]);
}

/** A command that starts bound to cores. */
export function pinned(command: string[], cores: string | undefined): [string, ...string[]] {
  return (cores ? ["taskset", "-c", cores, ...command] : command) as [string, ...string[]];
}

const ticksPerSecond = 100;

/** CPU seconds that a process and its descendants have used; NaN where /proc doesn't tell. */
export function cpuSeconds(root: number): number {
  const known = processes();
  let ticks = 0;
  for (const [pid, entry] of known) {
    for (let at: number | undefined = pid; at; at = known.get(at)?.parent) {
      if (at !== root) continue;
      ticks += entry.ticks;
      break;
    }
  }
  return known.has(root) ? ticks / ticksPerSecond : Number.NaN;
}

/** All processes, by id; none where /proc doesn't tell. */
function processes(): Map<number, Stat> {
  const known = new Map<number, Stat>();
  try {
    for (const name of readdirSync("/proc")) {
      const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
      if (stat) known.set(Number(name), stat);
    }
  } catch {
    // No such folder.
  }
  return known;
}

/** The processes that a process has started. */
export const childrenOf = (pid: number): number[] =>
  [...processes()].filter(([, { parent }]) => parent === pid).map(([child]) => child);

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
