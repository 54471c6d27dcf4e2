import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Pinning } from "./machine";
import { type Running, root, startServer } from "./servers";

const folder = join(root, "bench", "naive");
const next = createRequire(import.meta.url).resolve("next/dist/bin/next");

/**
 * Builds the tiny Next app of naive variants where its build is missing or older.
 * @throws Error with what the build printed
 */
export async function buildNaive(): Promise<void> {
  const stamp = join(folder, ".next", "BUILD_ID");
  const sources = ["app/verify/route.ts", "app/token/route.ts", "app/constant/route.ts"];
  const newest = Math.max(...sources.map((file) => statSync(join(folder, file)).mtimeMs));
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newest) return;
  await promisify(execFile)(process.execPath, [next, "build", folder], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  }).catch(({ stdout, stderr }) => {
    throw new Error(`The naive variants don't build:\n${stdout}${stderr}`);
  });
}

/** Starts the tiny Next app, which must have been built. */
export const startNaive = (databaseUrl: string, pinning: Pinning): Promise<Running> =>
  startServer({
    name: "naive",
    args: [next, "start", folder, "--port", "$PORT", "--hostname", "127.0.0.1"],
    ready: /Ready in/,
    pinning,
    env: { DATABASE_URL: databaseUrl },
  });
