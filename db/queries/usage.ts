import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { iso } from "../iso";

export type BucketRow = { start: string; outcome: string; count: number };
export type SourceRow = {
  address: string;
  userAgent: string;
  firstSeenAt: string;
  lastSeenAt: string;
  count: number;
};

/** The span to count, by the database's clock where `from` or `to` is left open. */
export type Span = { from: Date | null; to: Date | null; by: "hour" | "day" };

/** Begin and end of a span, ISO 8601; the begin is that of its first bucket (UTC). */
export async function resolveSpan(
  tx: Transaction,
  span: Span,
): Promise<{ from: string; to: string }> {
  const usual = span.by === "hour" ? "23 hours" : "29 days";
  const to = sql`coalesce(${span.to?.toISOString() ?? null}::timestamptz, now())`;
  const rows = await tx.execute<{ from: string; to: string }>(sql`
    select ${iso(sql`s.to`)} as to,
      ${iso(sql`date_trunc(${span.by}, coalesce(${span.from?.toISOString() ?? null}::timestamptz, s.to - ${usual}::interval), 'UTC')`)} as from
    from (select ${to} as to) s`);
  return rows[0] as { from: string; to: string };
}

/** A credential's calls by bucket and outcome, oldest first; what is rolled up comes by day. */
export async function credentialBuckets(
  tx: Transaction,
  input: { tenantId: string; credentialId: string; from: string; to: string; by: "hour" | "day" },
): Promise<BucketRow[]> {
  const { tenantId, credentialId, from, to, by } = input;
  return tx.execute<BucketRow>(sql`
    select ${iso(sql`u.start`)} as start, u.outcome, sum(u.count)::float8 as count
    from (
      select date_trunc(${by}, h.hour, 'UTC') as start, h.outcome, h.count from usage_hours h
      where h.credential_id = ${credentialId} and h.tenant_id = ${tenantId}
        and h.hour >= ${from}::timestamptz and h.hour < ${to}::timestamptz
      union all
      select d.day, d.outcome, d.count from usage_days d
      where d.credential_id = ${credentialId} and d.tenant_id = ${tenantId}
        and d.day >= ${from}::timestamptz and d.day < ${to}::timestamptz
    ) u
    group by u.start, u.outcome order by u.start, u.outcome`);
}

/** Where a credential was used from since a time, most recent first. */
export async function listSources(
  tx: Transaction,
  input: { tenantId: string; credentialId: string; since: string; limit: number },
): Promise<SourceRow[]> {
  return tx.execute<SourceRow>(sql`
    select s.address, s.user_agent as "userAgent", s.count::float8 as count,
      ${iso(sql`s.first_seen_at`)} as "firstSeenAt", ${iso(sql`s.last_seen_at`)} as "lastSeenAt"
    from usage_sources s
    where s.credential_id = ${input.credentialId} and s.tenant_id = ${input.tenantId}
      and s.last_seen_at >= ${input.since}::timestamptz
    order by s.last_seen_at desc, s.address, s.user_agent limit ${input.limit}`);
}

export type RecentRow = {
  lastUsedAt: string | null;
  accepted24: number;
  refused24: number;
  accepted7: number;
  refused7: number;
  sources24: number;
  sources7: number;
  weekAgo: string;
};

const seenSince = (of: { tenantId: string; credentialId: string }, span: SQL) => sql`
  (select count(*)::int from usage_sources s where s.credential_id = ${of.credentialId}
    and s.tenant_id = ${of.tenantId} and s.last_seen_at >= now() - ${span})`;

/** How often a credential was used in the last 24 hours and 7 days, to the hour; from how many places. */
export async function recentUse(
  tx: Transaction,
  input: { tenantId: string; credentialId: string },
): Promise<RecentRow> {
  const rows = await tx.execute<RecentRow>(sql`
    select
      (select ${iso(sql`l.last_used_at`)} from last_uses l
        where l.credential_id = ${input.credentialId} and l.tenant_id = ${input.tenantId}) as "lastUsedAt",
      coalesce(sum(h.count) filter (where h.outcome = 'accepted' and h.hour > now() - interval '25 hours'), 0)::float8 as "accepted24",
      coalesce(sum(h.count) filter (where h.outcome <> 'accepted' and h.hour > now() - interval '25 hours'), 0)::float8 as "refused24",
      coalesce(sum(h.count) filter (where h.outcome = 'accepted'), 0)::float8 as "accepted7",
      coalesce(sum(h.count) filter (where h.outcome <> 'accepted'), 0)::float8 as "refused7",
      ${seenSince(input, sql`interval '24 hours'`)} as "sources24",
      ${seenSince(input, sql`interval '7 days'`)} as "sources7",
      ${iso(sql`now() - interval '7 days'`)} as "weekAgo"
    from usage_hours h
    where h.credential_id = ${input.credentialId} and h.tenant_id = ${input.tenantId}
      and h.hour > now() - interval '169 hours'`);
  return rows[0] as RecentRow;
}

export type CallBucketRow = { start: string; accepted: number; refused: number };
type Stretch = { tenantId: string; by: "hour" | "day"; buckets: number };

const current = (by: "hour" | "day") => sql`date_trunc(${by}, now(), 'UTC')`;
const stepOf = (by: "hour" | "day") => sql`${`1 ${by}`}::interval`;
const begins = ({ by, buckets }: Stretch) =>
  sql`${current(by)} - ${buckets - 1}::int * ${stepOf(by)}`;

/** Counts (`time`, `outcome`, `count`) along the last hours or days, empty ones included. */
async function alongTime(tx: Transaction, stretch: Stretch, counts: SQL): Promise<CallBucketRow[]> {
  const { by, buckets } = stretch;
  return tx.execute<CallBucketRow>(sql`
    with used as materialized (
      select date_trunc(${by}, c.time, 'UTC') as start,
        sum(c.count) filter (where c.outcome = 'accepted') as accepted,
        sum(c.count) filter (where c.outcome <> 'accepted') as refused
      from (${counts}) c
      group by 1
    )
    select ${iso(sql`s.start`)} as start,
      coalesce(u.accepted, 0)::float8 as accepted, coalesce(u.refused, 0)::float8 as refused
    from generate_series(0, ${buckets - 1}::int) n
    cross join lateral (select ${current(by)} - n * ${stepOf(by)} as start) s
    left join used u on u.start = s.start
    order by s.start`);
}

/** A Tenant's calls in the last `buckets` hours or days (UTC), the current one included. */
export async function tenantBuckets(tx: Transaction, input: Stretch): Promise<CallBucketRow[]> {
  const { tenantId } = input;
  return alongTime(
    tx,
    input,
    sql`
    select h.hour as time, h.outcome, h.count from tenant_usage_hours h
    where h.tenant_id = ${tenantId} and h.hour >= ${begins(input)}
    union all
    select d.day, d.outcome, d.count from tenant_usage_days d
    where d.tenant_id = ${tenantId} and d.day >= ${begins(input)}`,
  );
}

/** The same of one credential. */
export async function credentialStretch(
  tx: Transaction,
  input: Stretch & { credentialId: string },
): Promise<CallBucketRow[]> {
  const { tenantId, credentialId } = input;
  return alongTime(
    tx,
    input,
    sql`
    select h.hour as time, h.outcome, h.count from usage_hours h
    where h.credential_id = ${credentialId} and h.tenant_id = ${tenantId}
      and h.hour >= ${begins(input)}
    union all
    select d.day, d.outcome, d.count from usage_days d
    where d.credential_id = ${credentialId} and d.tenant_id = ${tenantId}
      and d.day >= ${begins(input)}`,
  );
}

export type OutcomeRow = { outcome: string; count: number };

/** A Tenant's calls by outcome since a time, most frequent first. */
export async function tenantOutcomes(
  tx: Transaction,
  input: { tenantId: string; from: string },
): Promise<OutcomeRow[]> {
  return tx.execute<OutcomeRow>(sql`
    select u.outcome, sum(u.count)::float8 as count
    from (
      select h.outcome, h.count from tenant_usage_hours h
      where h.tenant_id = ${input.tenantId} and h.hour >= ${input.from}::timestamptz
      union all
      select d.outcome, d.count from tenant_usage_days d
      where d.tenant_id = ${input.tenantId} and d.day >= ${input.from}::timestamptz
    ) u
    group by u.outcome order by 2 desc, 1`);
}

/** The same of one credential. */
export async function credentialOutcomes(
  tx: Transaction,
  input: { tenantId: string; credentialId: string; from: string },
): Promise<OutcomeRow[]> {
  const { tenantId, credentialId, from } = input;
  return tx.execute<OutcomeRow>(sql`
    select u.outcome, sum(u.count)::float8 as count
    from (
      select h.outcome, h.count from usage_hours h
      where h.credential_id = ${credentialId} and h.tenant_id = ${tenantId}
        and h.hour >= ${from}::timestamptz
      union all
      select d.outcome, d.count from usage_days d
      where d.credential_id = ${credentialId} and d.tenant_id = ${tenantId}
        and d.day >= ${from}::timestamptz
    ) u
    group by u.outcome order by 2 desc, 1`);
}
