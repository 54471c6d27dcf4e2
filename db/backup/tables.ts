import type { TransactionSql } from "postgres";

export type Table = { name: string; columns: string[] };

/** Not kept: a restored session or link could be one that was ended or used since. */
const leftOut = ["sessions", "one_time_links", "sign_in_attempts"];

/** The tables of a backup with their columns, each after those that it refers to. */
export async function listTables(raw: TransactionSql): Promise<Table[]> {
  const tables = await raw<(Table & { needs: string[] })[]>`
    select c.relname::text as name,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
        as columns,
      (select coalesce(json_agg(r.relname), '[]') from pg_constraint k join pg_class r on r.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname <> all (string_to_array(${leftOut.join(",")}, ','))
    order by c.relname`;
  const sorted: Table[] = [];
  const waiting = new Map(tables.map((table) => [table.name, table]));
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ needs }) =>
      needs.every((name) => !waiting.has(name)),
    );
    if (ready.length === 0) throw new Error("Tables refer to each other in a circle.");
    for (const { name, columns } of ready) {
      waiting.delete(name);
      sorted.push({ name, columns });
    }
  }
  return sorted;
}

/** When the newest migration of this database was made: what a backup's version is. */
export async function migrationOf(raw: TransactionSql): Promise<number> {
  const [row] = await raw<{ last: string | null }[]>`
    select max(created_at)::text as last from drizzle.__drizzle_migrations`;
  return Number(row?.last ?? 0);
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A table and its columns, as `COPY` takes them. */
export const copied = ({ name, columns }: Table): string =>
  `${quoted(name)} (${columns.map(quoted).join(", ")})`;
