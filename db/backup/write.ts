import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { TransactionSql } from "postgres";
import { BackupError, endOfTable, type Foot, format, type Head } from "./format";
import { asOwner } from "./owner";
import { copied, listTables, migrationOf } from "./tables";

export type Written = { at: string; tables: number; rows: number };

/**
 * Writes all that the database holds at one moment into a new file that its owner alone can read;
 * sessions and one-time links are left out.
 * @param url of the owner of the tables
 * @throws DatabaseUnavailable; BackupError for a full disk; an error with code `EEXIST` where the
 *   file is there
 */
export async function writeBackup(url: string, file: string): Promise<Written> {
  const handle = await open(file, "wx", 0o600);
  let failure: Error | undefined;
  try {
    return await asOwner(url, "isolation level repeatable read read only", async ({ raw }) => {
      const written: Written = { at: "", tables: 0, rows: 0 };
      const output = handle.createWriteStream({ flush: true });
      output.on("error", (error) => {
        failure = new BackupError(`The backup can't be written: ${error.message}`);
      });
      await pipeline(Readable.from(linesOfDatabase(raw, written)), createGzip(), output);
      return written;
    });
  } catch (error) {
    throw failure ?? error;
  } finally {
    await handle.close();
  }
}

async function* linesOfDatabase(raw: TransactionSql, written: Written): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const hashed = (line: string | Buffer): Buffer => {
    const bytes = Buffer.from(line);
    hash.update(bytes);
    return bytes;
  };
  const [clock] = await raw<{ at: string }[]>`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`;
  written.at = clock?.at as string;
  const head: Head = { format, migration: await migrationOf(raw), at: written.at };
  yield hashed(`${JSON.stringify(head)}\n`);
  for (const table of await listTables(raw)) {
    written.tables++;
    yield hashed(`${JSON.stringify({ table: table.name, columns: table.columns })}\n`);
    const rows = await raw.unsafe(`copy ${copied(table)} to stdout`).readable();
    for await (const chunk of rows as AsyncIterable<Buffer>) {
      for (const byte of chunk) if (byte === 10) written.rows++;
      yield hashed(chunk);
    }
    // The driver pauses its socket where a reader is slow, and forgets to go on after the last row.
    rows._read(0);
    yield hashed(`${endOfTable}\n`);
  }
  const foot: Foot = { rows: written.rows, sha256: hash.digest("hex") };
  yield Buffer.from(`${JSON.stringify(foot)}\n`);
}
