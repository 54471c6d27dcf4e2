import { sql } from "drizzle-orm";
import type { Transaction } from "../client";

/** Whose hours: each credential's, or those of a Tenant as a whole. */
export type UsageOf = "credential" | "tenant";

const tables = {
  credential: {
    hours: sql`usage_hours`,
    days: sql`usage_days`,
    key: sql`credential_id, tenant_id`,
    conflict: sql`credential_id, day, outcome`,
  },
  tenant: {
    hours: sql`tenant_usage_hours`,
    days: sql`tenant_usage_days`,
    key: sql`tenant_id`,
    conflict: sql`tenant_id, day, outcome`,
  },
};

const counted = async (result: Promise<{ n: number }[]>) => Number((await result)[0]?.n ?? 0);

/**
 * Adds up hours of whole days that are `afterDays` old, oldest first.
 * @returns how many rows of hours went: `limit` where there are more.
 */
export function rollUpHours(
  tx: Transaction,
  of: UsageOf,
  afterDays: number,
  limit: number,
): Promise<number> {
  const { hours, days, key, conflict } = tables[of];
  return counted(
    tx.execute<{ n: number }>(sql`
      with old as (
        select h.ctid as place from ${hours} h
        where h.hour < date_trunc('day', now() - make_interval(days => ${afterDays}), 'UTC')
        order by h.hour limit ${limit} for update skip locked
      ), gone as (
        delete from ${hours} h using old where h.ctid = old.place returning h.*
      ), kept as (
        insert into ${days} as d (${key}, day, outcome, count)
        select ${key}, date_trunc('day', g.hour, 'UTC'), g.outcome, sum(g.count) from gone g
        group by ${key}, date_trunc('day', g.hour, 'UTC'), g.outcome
        on conflict (${conflict}) do update set count = d.count + excluded.count
      )
      select count(*)::int as n from gone`),
  );
}

const before = (days: number) => sql`now() - make_interval(days => ${days})`;

/** Tables of which old rows go, and the time of a row. */
const aged = {
  usage_days: { table: sql`usage_days`, time: sql`day`, before },
  tenant_usage_days: { table: sql`tenant_usage_days`, time: sql`day`, before },
  // By whole days: the time itself has no index.
  usage_sources: {
    table: sql`usage_sources`,
    time: sql`last_seen_on`,
    before: (days: number) => sql`(${before(days)})::date`,
  },
  refusals: { table: sql`refusals`, time: sql`occurred_at`, before },
  usage_flushes: { table: sql`usage_flushes`, time: sql`flushed_at`, before },
  webhook_outbox: { table: sql`webhook_outbox`, time: sql`created_at`, before },
};
export type AgedTable = keyof typeof aged;

/** Removes rows older than so many days, oldest first. @returns how many went. */
export function removeOld(
  tx: Transaction,
  name: AgedTable,
  olderThanDays: number,
  limit: number,
): Promise<number> {
  const { table, time, before } = aged[name];
  return counted(
    tx.execute<{ n: number }>(sql`
      with old as (
        select r.ctid as place from ${table} r
        where r.${time} < ${before(olderThanDays)}
        order by r.${time} limit ${limit}
      ), gone as (
        delete from ${table} r using old where r.ctid = old.place returning 1
      )
      select count(*)::int as n from gone`),
  );
}

/** Removes refused calls beyond the most recent `kept`: a flood of weeks can't fill the disk. */
export function trimRefusals(tx: Transaction, kept: number, limit: number): Promise<number> {
  return counted(
    tx.execute<{ n: number }>(sql`
      with edge as materialized (
        select r.occurred_at from refusals r order by r.occurred_at desc, r.id desc offset ${kept} limit 1
      ), old as (
        select r.ctid as place from refusals r
        where r.occurred_at <= (select e.occurred_at from edge e)
        order by r.occurred_at, r.id limit ${limit}
      ), gone as (
        delete from refusals r using old where r.ctid = old.place returning 1
      )
      select count(*)::int as n from gone`),
  );
}
