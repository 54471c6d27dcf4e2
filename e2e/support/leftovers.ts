import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findPostmaster } from "@/db/embedded/postmaster";
import { startOf } from "@/db/embedded/process-info";

/** Says in a server's folder which process it belongs to. */
export function claim(folder: string): void {
  writeFileSync(path.join(folder, "owner"), `${process.pid} ${startOf(process.pid)}`);
}

/** Ends and removes the servers of test runs that were killed before they could. */
export function removeLeftovers(parent: string, prefix: string): void {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const folder = path.join(parent, name);
    const [pid, started] = ownerOf(folder);
    if (pid === undefined || startOf(Number(pid)) === started) continue;
    killServer(path.join(folder, "data"));
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** `kill -9` for the server on this data folder, if there is one. */
export function killServer(cluster: string): void {
  const pid = findPostmaster(cluster)?.pid;
  if (pid !== undefined) process.kill(pid, "SIGKILL");
}

function ownerOf(folder: string): string[] {
  try {
    return readFileSync(path.join(folder, "owner"), "utf8").split(" ");
  } catch {
    return [];
  }
}
