import { text } from "node:stream/consumers";
import { query } from "./database";

/** Every row of every table of a database, as `COPY … TO STDOUT` (and so `pg_dump`) writes it. */
export function dump(url: string): Promise<string> {
  return query(url, async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`;
    const parts: string[] = [];
    for (const { name } of tables) {
      parts.push(`-- ${name}\n`, await text(await sql.unsafe(`copy ${name} to stdout`).readable()));
    }
    return parts.join("");
  });
}
