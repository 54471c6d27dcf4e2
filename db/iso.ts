import { type SQL, sql } from "drizzle-orm";

/** A `timestamptz` as ISO 8601 text in UTC with milliseconds, as the wire shows times. */
export const iso = (time: SQL): SQL =>
  sql`to_char((${time}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
