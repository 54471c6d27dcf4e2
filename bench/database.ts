import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { openEmbeddedDatabase } from "@/db/embedded";
import { type Pinning, parentOf, pin } from "./machine";
import { type Seeded, seed } from "./seed";

export type BenchDatabase = {
  url: string;
  pid: number | undefined;
  /** The database with so many tokens, made by the first who asks. */
  withTokens(count: number): Promise<Seeded>;
  /** Moves it off the server's core, with what it wrote so far on disk. */
  settle(pinning: Pinning): Promise<void>;
  stop(): Promise<void>;
};

/** A private PostgreSQL, as the product's embedded one is set up. */
export async function startDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), "servicebroker-bench-"));
  const { url, release } = await openEmbeddedDatabase({ dataDir });
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = row && parentOf(row.pid);
  const made = new Map<number, Promise<Seeded>>();
  return {
    url,
    pid,
    withTokens(count) {
      const making = made.get(count) ?? seed(url, `bench_${count}`, count);
      made.set(count, making);
      return making;
    },
    async settle(pinning) {
      await sql`checkpoint`;
      if (pid && pinning) pin(pid, pinning.rest);
    },
    async stop() {
      await sql.end();
      await release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
