import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { findPostmaster } from "@/db/embedded/postmaster";
import { killServer } from "./leftovers";

const PROGRAM = fileURLToPath(new URL("database-user.ts", import.meta.url));

/** Another process that has the database open. */
export interface OtherProcess {
  url: string;
  logged: string[];
  /** `kill -9`, without any chance to let go. */
  kill(): Promise<void>;
  release(): Promise<void>;
}

export async function openElsewhere(dataDir: string): Promise<OtherProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, dataDir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  const logged: string[] = [];
  let url: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    const said = JSON.parse(line) as { log?: string; url?: string };
    if (said.log) logged.push(said.log);
    url = said.url;
    if (url) break;
  }
  if (!url) throw new Error("The other process ended without opening the database.");
  return {
    url,
    logged,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async release() {
      child.stdin.end();
      await gone;
    },
  };
}

/** Where the database of a data folder really lies. */
export function placeOf(dataDir: string): string {
  const note = path.join(dataDir, "postgres.location");
  return existsSync(note) ? readFileSync(note, "utf8").trim() : path.join(dataDir, "postgres");
}

export function clusterOf(dataDir: string): string {
  return path.join(placeOf(dataDir), "data");
}

/** The process of its server, if that runs. */
export function serverPid(dataDir: string): number | undefined {
  return findPostmaster(clusterOf(dataDir))?.pid;
}

/** Playwright's test with data folders of its own, gone with their servers when it ends. */
export const test = base.extend<{ newDataDir: (mode?: number) => string; dataDir: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
  newDataDir: async ({}, use) => {
    const made: string[] = [];
    await use((mode = 0o755) => {
      const folder = mkdtempSync(path.join(tmpdir(), "servicebroker-test-"));
      chmodSync(folder, mode);
      made.push(folder);
      return folder;
    });
    for (const folder of made) {
      killServer(clusterOf(folder));
      for (const one of [placeOf(folder), folder]) {
        rmSync(one, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
      }
    }
  },
  dataDir: async ({ newDataDir }, use) => use(newDataDir()),
});
