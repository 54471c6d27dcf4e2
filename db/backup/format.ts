/**
 * A backup is lines, compressed by gzip: a head, then for each table a line that names it, its rows
 * as `COPY` writes them and `\.`, then a foot with the SHA-256 of all lines before.
 */
export const format = "servicebroker-backup/1";

export type Head = {
  format: string;
  /** When the newest migration was made: milliseconds of the epoch. */
  migration: number;
  /** When the snapshot was taken, by the database's clock. */
  at: string;
};
export type Foot = { rows: number; sha256: string };

export const endOfTable = "\\.";

/** A backup that can't be read or doesn't fit; the message is for people. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** Splits what is read into lines, without their line feeds. */
export async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const line = chunk.subarray(from, at);
      yield rest.length > 0 ? Buffer.concat([...rest, line]) : line;
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) throw new BackupError("The backup is cut off.");
}
