DROP INDEX "usage_sources_recent_idx";--> statement-breakpoint
DROP INDEX "usage_sources_time_idx";--> statement-breakpoint
ALTER TABLE "usage_sources" ADD COLUMN "last_seen_on" date GENERATED ALWAYS AS ((last_seen_at at time zone 'UTC')::date) STORED;--> statement-breakpoint
CREATE INDEX "usage_sources_day_idx" ON "usage_sources" USING btree ("last_seen_on");--> statement-breakpoint
-- Rows of which a flush changes only counts and times stay where they are (HOT), given room.
alter table usage_hours set (fillfactor = 70);
--> statement-breakpoint
alter table usage_sources set (fillfactor = 70);
--> statement-breakpoint
alter table last_uses set (fillfactor = 70);
--> statement-breakpoint
-- What broker_record_usage does, from arrays, which cost a third of JSON to read; that one stays
-- for instances of the release before. Sources are numbered: calls of many credentials share few.
create function broker_record_uses(
  flush_id uuid, age_ms double precision,
  credentials uuid[], tenants uuid[], kinds text[], outcomes text[], counts bigint[], overflow json,
  seen_credentials uuid[], seen_tenants uuid[], seen_places int[], seen_counts bigint[], sources json,
  refused json
)
returns setof uuid
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  moment timestamptz(3) := statement_timestamp() - age_ms * interval '1 millisecond';
  this_hour timestamptz(3) := date_trunc('hour', moment, 'UTC');
begin
  insert into usage_flushes (id, flushed_at) values (flush_id, statement_timestamp()) on conflict do nothing;
  if not found then return; end if;
  insert into usage_hours as h (credential_id, tenant_id, hour, outcome, count)
    select x.c, x.t, this_hour, x.o, x.n
    from unnest(credentials, tenants, outcomes, counts) as x(c, t, o, n)
    order by x.c, x.o collate "C"
    on conflict (credential_id, hour, outcome) do update set count = h.count + excluded.count;
  insert into last_uses as l (credential_id, tenant_id, kind, last_used_at)
    select x.c, x.t, x.k, moment
    from unnest(credentials, tenants, kinds, outcomes) as x(c, t, k, o)
    where x.o = 'accepted'
    order by x.c
    on conflict (credential_id) do update set last_used_at = greatest(l.last_used_at, excluded.last_used_at);
  return query
    with written as (
      insert into usage_sources as s (credential_id, tenant_id, address, user_agent, first_seen_at, last_seen_at, count)
        select x.c, x.t, y.a, y.u, moment, moment, x.n
        from unnest(seen_credentials, seen_tenants, seen_places, seen_counts) as x(c, t, p, n)
        join rows from (json_to_recordset(sources) as (a text, u text)) with ordinality as y(a, u, p) on y.p = x.p
        order by x.c, y.a collate "C", y.u collate "C"
        on conflict (credential_id, address, user_agent) do update
          set count = s.count + excluded.count, last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at)
        returning s.credential_id, s.xmax = 0 as fresh
    )
    select distinct w.credential_id from written w where w.fresh;
  insert into refusals (id, tenant_id, credential_id, kind, occurred_at, reason, request_id, address, user_agent)
    select x.i, x.t, x.c, x.k, statement_timestamp() - x.age * interval '1 millisecond', x.r, x.q, x.a, x.u
    from json_to_recordset(refused) as x(i uuid, t uuid, c uuid, k text, age double precision, r text, q text, a text, u text)
    on conflict do nothing;
  -- Last, since every instance writes these rows: they are held for the shortest time.
  insert into tenant_usage_hours as h (tenant_id, hour, outcome, count)
    select x.t, this_hour, x.o, sum(x.n)
    from (
      select y.t, y.o, y.n from unnest(tenants, outcomes, counts) as y(t, o, n)
      union all
      select z.t, z.o, z.n from json_to_recordset(overflow) as z(t uuid, o text, n bigint)
    ) x
    group by x.t, x.o
    order by x.t, x.o collate "C"
    on conflict (tenant_id, hour, outcome) do update set count = h.count + excluded.count;
end $$;
--> statement-breakpoint
revoke execute on function broker_record_uses(uuid, double precision, uuid[], uuid[], text[], text[], bigint[], json, uuid[], uuid[], int[], bigint[], json, json) from public;
--> statement-breakpoint
grant execute on function broker_record_uses(uuid, double precision, uuid[], uuid[], text[], text[], bigint[], json, uuid[], uuid[], int[], bigint[], json, json) to broker_platform;
