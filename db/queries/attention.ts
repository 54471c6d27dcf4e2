import { sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { iso } from "../iso";

export type AttentionRow = {
  reason: "never-used" | "silent" | "knocking" | "overlap-ending";
  kind: "token" | "client";
  id: string;
  name: string;
  at: string;
  calls: number | null;
};

/**
 * What an admin of a Tenant should look at, most pressing first: refused calls of what is revoked
 * (7 days), overlaps that end within a week, live credentials silent for 30 days or, a day after their
 * issue, never used.
 */
export async function listAttention(
  tx: Transaction,
  tenantId: string,
  limit: number,
): Promise<AttentionRow[]> {
  return tx.execute<AttentionRow>(sql`
    with knocking as materialized (
      select h.credential_id, sum(h.count) as calls, max(h.hour) as at
      from usage_hours h
      where h.tenant_id = ${tenantId} and h.hour > now() - interval '7 days'
        and h.outcome in ('revoked', 'overlap-ended')
      group by h.credential_id
    ), live as (
      select 'token' as kind, t.id, t.name, t.created_at, t.revoke_at
      from tokens t
      where t.tenant_id = ${tenantId} and t.active and t.revoked_at is null
        and (t.revoke_at is null or t.revoke_at > now())
      union all
      select 'client', c.id, c.name, c.created_at, null
      from clients c
      where c.tenant_id = ${tenantId} and c.active and c.revoked_at is null
    ), named as (
      select 1 as urgency, 'knocking' as reason, k.credential_id as id, k.at, k.calls::float8 as calls,
        case when t.id is null then 'client' else 'token' end as kind, coalesce(t.name, c.name) as name
      from knocking k
      left join tokens t on t.id = k.credential_id and t.tenant_id = ${tenantId}
      left join clients c on c.id = k.credential_id and c.tenant_id = ${tenantId}
      where t.id is not null or c.id is not null
      union all
      select 2, 'overlap-ending', l.id, l.revoke_at,
        (select coalesce(sum(h.count), 0)::float8 from usage_hours h
          where h.credential_id = l.id and h.outcome = 'accepted' and h.hour > now() - interval '25 hours'),
        l.kind, l.name
      from live l where l.revoke_at < now() + interval '7 days'
      union all
      select 3, case when u.last_used_at is null then 'never-used' else 'silent' end,
        l.id, coalesce(u.last_used_at, l.created_at), null, l.kind, l.name
      from live l left join last_uses u on u.credential_id = l.id
      where l.revoke_at is null and l.created_at < now() - interval '1 day'
        and (u.last_used_at is null or u.last_used_at < now() - interval '30 days')
    )
    select n.reason, n.kind, n.id, n.name, ${iso(sql`n.at`)} as at, n.calls
    from named n order by n.urgency, n.at, n.id limit ${limit}`);
}
