import type { Sql } from "postgres";

type Of = { entityId: string; tokenId: string };

/** A month of a token's calls, more by day than by night, from a few sources; all told `total`. */
export async function seedCalls(sql: Sql, { entityId, tokenId }: Of): Promise<{ total: number }> {
  await sql.begin(async (tx) => {
    await tx`
      create temporary table calls on commit drop as
      select h.hour, o.outcome, greatest(0, round(o.rate * (1.2 - cos(extract(hour from h.hour) / 3.82))
        * case when extract(isodow from h.hour) > 5 then 0.3 else 1 end))::bigint as count
      from (select date_trunc('hour', now()) - n * interval '1 hour' as hour, n
        from generate_series(0, 695) n) h
      cross join (values ('accepted', 60, 1), ('scope', 4, 9), ('inactive', 9, 31)) o(outcome, rate, every)
      where h.n % o.every = 0`;
    await tx`
      insert into usage_hours (tenant_id, credential_id, hour, outcome, count)
      select ${entityId}, ${tokenId}, hour, outcome, count from calls
      on conflict (credential_id, hour, outcome) do update set count = usage_hours.count + excluded.count`;
    await tx`
      insert into tenant_usage_hours (tenant_id, hour, outcome, count)
      select ${entityId}, hour, outcome, count from calls
      on conflict (tenant_id, hour, outcome) do update set count = tenant_usage_hours.count + excluded.count`;
    await tx`
      insert into last_uses (credential_id, tenant_id, kind, last_used_at)
      values (${tokenId}, ${entityId}, 'token', now())
      on conflict (credential_id) do update set last_used_at = excluded.last_used_at`;
  });
  await seedSources(sql, { entityId, tokenId }, [
    { address: "203.0.113.24", userAgent: "ServiceScheduling/7.4 (node 20.19)", minutesAgo: 1 },
    { address: "203.0.113.25", userAgent: "ServiceScheduling/7.4 (node 20.19)", minutesAgo: 4 },
    { address: "2001:db8:41::9", userAgent: "nightly-export/2 python-requests", minutesAgo: 610 },
    { address: "198.51.100.7", userAgent: "curl/8.10.1", minutesAgo: 30_000 },
  ]);
  const [row] = await sql`
    select sum(count)::int as total from usage_hours where credential_id = ${tokenId}`;
  return { total: row?.total as number };
}

/** Places that a token was called from, the last time so many minutes ago. */
export async function seedSources(
  sql: Sql,
  { entityId, tokenId }: Of,
  sources: { address: string; userAgent: string; minutesAgo: number; count?: number }[],
): Promise<void> {
  for (const { address, userAgent, minutesAgo, count = 1_000 } of sources) {
    await sql`
      insert into usage_sources
        (tenant_id, credential_id, address, user_agent, first_seen_at, last_seen_at, count)
      values (${entityId}, ${tokenId}, ${address}, ${userAgent}, now() - interval '29 days',
        now() - make_interval(mins => ${minutesAgo}), ${count})`;
  }
}

/** Calls with a dead token, as the usage counters keep them. */
export async function seedRefusals(
  sql: Sql,
  { entityId, tokenId }: Of,
  calls: { address: string; userAgent: string; minutesAgo: number; reason?: string }[],
): Promise<void> {
  for (const { address, userAgent, minutesAgo, reason = "revoked" } of calls) {
    await sql`
      insert into refusals
        (id, tenant_id, credential_id, kind, occurred_at, reason, request_id, address, user_agent)
      values (gen_random_uuid(), ${entityId}, ${tokenId}, 'token',
        now() - make_interval(mins => ${minutesAgo}), ${reason}, gen_random_uuid()::text,
        ${address}, ${userAgent})`;
  }
}
