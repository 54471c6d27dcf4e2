import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { TransactionSql } from "postgres";
import type { Transaction } from "../client";
import { takeLock } from "../queries/locks";
import { BackupError, endOfTable, type Foot, format, type Head, linesOf } from "./format";
import { asOwner } from "./owner";
import { copied, listTables, migrationOf, type Table } from "./tables";

export type Loaded = { at: string; tables: number; rows: number };

/**
 * Puts a backup into a migrated database that holds nothing, in one transaction: all or nothing.
 * @param url of the owner of the tables
 * @param finish what else is to happen in that transaction
 * @throws BackupError for a file that is damaged, of another release, or not for this database
 */
export async function readBackup<T>(
  url: string,
  file: string,
  finish: (tx: Transaction, loaded: Loaded) => Promise<T>,
): Promise<T> {
  const foot = await checkBackup(file);
  return asOwner(url, "read write", async ({ raw, tx }) => {
    // A server that starts meanwhile waits for this lock, and then finds the master Tenant.
    await takeLock(tx, "first-run");
    const tables = await listTables(raw);
    for (const table of tables) await demandEmpty(raw, table);
    const at = await load(raw, tables, file);
    await raw.unsafe("analyze");
    return finish(tx, { at, tables: tables.length, rows: foot.rows });
  });
}

/** Reads all of a backup before any of it is used. */
async function checkBackup(file: string): Promise<Foot> {
  const hash = createHash("sha256");
  let before: Buffer | undefined;
  for await (const line of linesOfFile(file)) {
    if (before) hash.update(before).update("\n");
    else demandOurs(line);
    before = line;
  }
  const foot = parsed<Partial<Foot>>(before);
  if (foot.sha256 === undefined) throw new BackupError("The backup is cut off.");
  if (foot.sha256 !== hash.digest("hex")) {
    throw new BackupError("The backup is damaged: its checksum differs.");
  }
  return foot as Foot;
}

async function* linesOfFile(file: string): AsyncGenerator<Buffer> {
  const input = createReadStream(file);
  const gunzip = createGunzip();
  input.on("error", (error) => gunzip.destroy(error));
  try {
    yield* linesOf(input.pipe(gunzip));
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code?.startsWith("Z_")) throw error;
    throw new BackupError("This file is no backup of ours, or it is damaged.");
  } finally {
    input.destroy();
  }
}

function demandOurs(line: Buffer): Head {
  const head = parsed<Head>(line);
  if (head.format !== format) throw new BackupError("This file is no backup of this version.");
  return head;
}

async function demandEmpty(raw: TransactionSql, { name }: Table): Promise<void> {
  const rows = await raw`select 1 from ${raw(name)} limit 1`;
  if (rows.length === 0) return;
  throw new BackupError("This database is not empty. Restore into a new one.");
}

/** @returns when the backup was made */
async function load(raw: TransactionSql, tables: Table[], file: string): Promise<string> {
  const lines = linesOfFile(file);
  const next = async () => (await lines.next()).value as Buffer;
  const head = demandOurs(await next());
  const migration = await migrationOf(raw);
  if (head.migration !== migration) {
    const age = head.migration < migration ? "an older" : "a newer";
    throw new BackupError(`The backup is of ${age} release. Restore it with that one.`);
  }
  for (;;) {
    const said = parsed<Partial<Foot> & { table?: string; columns?: string[] }>(await next());
    if (said.sha256) return head.at;
    const table = tables.find(({ name }) => name === said.table);
    if (!table || String(table.columns) !== String(said.columns)) {
      throw new BackupError(`The backup has a table that doesn't fit: ${said.table}.`);
    }
    await loadTable(await raw.unsafe(`copy ${copied(table)} from stdin`).writable(), next);
  }
}

const end = Buffer.from(endOfTable);
const lineFeed = Buffer.from("\n");
const mostBytes = 65_536;

async function loadTable(output: Writable, next: () => Promise<Buffer>): Promise<void> {
  const written = finished(output);
  // Awaited below; until then a failure must not be nobody's.
  written.catch(() => {});
  let batch: Buffer[] = [];
  let size = 0;
  for (let line = await next(); !line.equals(end); line = await next()) {
    batch.push(line, lineFeed);
    size += line.length + 1;
    if (size < mostBytes) continue;
    if (!output.write(Buffer.concat(batch))) await Promise.race([once(output, "drain"), written]);
    batch = [];
    size = 0;
  }
  output.end(Buffer.concat(batch));
  await written;
}

function parsed<T>(line: Buffer | undefined): T {
  try {
    return JSON.parse(String(line));
  } catch {
    throw new BackupError("This file is no backup of ours, or it is damaged.");
  }
}
