import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";

/** What expires by itself, and when its rows may go. */
const expired = {
  idempotent_calls: sql`r.created_at < now() - interval '24 hours'`,
  one_time_links: sql`r.expires_at < now() - interval '30 days'`,
  // The last one of a person tells when they were last seen.
  sessions: sql`r.expires_at < now() - interval '30 days' and exists (
    select from sessions s where s.user_id = r.user_id and s.last_seen_at > r.last_seen_at)`,
  sign_in_attempts: sql`r.resets_at < now()`,
} satisfies Record<string, SQL>;

export type ExpiringTable = keyof typeof expired;
export const expiringTables = Object.keys(expired) as ExpiringTable[];

/** Removes rows that have expired, so many at most. @returns how many went */
export async function removeExpired(
  tx: Transaction,
  table: ExpiringTable,
  limit: number,
): Promise<number> {
  const rows = await tx.execute<{ n: number }>(sql`
    with old as (
      select r.ctid as place from ${sql.identifier(table)} r where ${expired[table]}
      limit ${limit} for update skip locked
    ), gone as (
      delete from ${sql.identifier(table)} r using old where r.ctid = old.place returning 1
    )
    select count(*)::int as n from gone`);
  return Number(rows[0]?.n ?? 0);
}
