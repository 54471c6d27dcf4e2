import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A file system of few megabytes that can be filled to the last byte. */
export type SmallDisk = { path: string; fill(): void; free(): void; unmount(): void };

const PIECE = Buffer.alloc(64 * 1024);

/** Mounts one in memory. @returns why that can't be done, where it can't */
export function mountSmallDisk(megabytes: number): SmallDisk | { missing: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "servicebroker-disk-"));
  const options = `size=${megabytes}m,mode=0755`;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "servicebroker-test", folder], {
      stdio: "pipe",
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return { missing: `A small disk can't be mounted here: ${(error as Error).message.trim()}` };
  }
  chmodSync(folder, 0o755);
  const ballast = path.join(folder, "ballast");
  const free = () => rmSync(ballast, { force: true });
  const unmount = () => {
    execFileSync("umount", ["-l", folder], { stdio: "ignore" });
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", () => {
    try {
      unmount();
    } catch {
      // It is unmounted already.
    }
  });
  return { path: folder, fill: () => fill(ballast), free, unmount };
}

function fill(file: string): void {
  const ballast = openSync(file, "a");
  try {
    for (let size = PIECE.length; size >= 1; size = Math.floor(size / 2)) append(ballast, size);
  } finally {
    closeSync(ballast);
  }
}

/** Writes pieces of one size until not one more fits. */
function append(file: number, size: number): void {
  try {
    while (writeSync(file, PIECE, 0, size) > 0);
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOSPC") throw error;
  }
}
