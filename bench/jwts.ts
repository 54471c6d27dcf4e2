import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
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
  const processes = availableParallelism();
  const each = Math.ceil(count / processes);
  const args = ["--import", "tsx", program, String(each), client.id, client.tenantId];
  const options = { cwd: root, env: server.env, maxBuffer: 1024 * each };
  const minted = await Promise.all(
    Array.from({ length: processes }, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, args, options);
      return stdout.trim().split("\n");
    }),
  );
  return minted.flat();
}
