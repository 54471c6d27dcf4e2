import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Seeded } from "./seed";
import { type Running, root } from "./servers";

const program = fileURLToPath(new URL("./mint.ts", import.meta.url));

/**
 * JWTs of the seeded client that a server takes for its own: made by the product's function, beside
 * the server and under its settings, since fetching them would take longer than measuring does.
 */
export async function mintJwts(
  server: Running,
  { client }: Seeded,
  count: number,
): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", program, String(count), client.id, client.tenantId],
    { cwd: root, env: server.env, maxBuffer: 1024 * count },
  );
  return stdout.trim().split("\n");
}
