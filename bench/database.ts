import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { openEmbeddedDatabase } from "@/db/embedded";
import { type Pinning, parentOf, pin } from "./machine";

export type BenchDatabase = { url: string; pid: number | undefined; stop(): Promise<void> };

/** A private PostgreSQL, as the product's embedded one is set up, off the server's core. */
export async function startDatabase(pinning: Pinning): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), "servicebroker-bench-"));
  const database = await openEmbeddedDatabase({ dataDir });
  const sql = postgres(database.url, { max: 1 });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = row && parentOf(row.pid);
  await sql.end();
  if (pid) pin(pid, pinning?.rest);
  return {
    url: database.url,
    pid,
    async stop() {
      await database.release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
