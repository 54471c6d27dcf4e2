-- The second wall for the new tables, and how counts are written.
grant select on webhooks, webhook_outbox, tenant_usage_hours, tenant_usage_days to broker_tenant, broker_platform;
--> statement-breakpoint
grant select, insert, update, delete on usage_flushes to broker_platform;
--> statement-breakpoint
grant insert, update, delete on tenant_usage_hours, tenant_usage_days to broker_platform;
--> statement-breakpoint
grant insert, update on webhooks, webhook_outbox to broker_tenant, broker_platform;
--> statement-breakpoint
grant delete on webhook_outbox to broker_platform;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['webhooks', 'webhook_outbox', 'tenant_usage_hours', 'tenant_usage_days', 'usage_flushes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy platform on %I to broker_platform using (true) with check (true)', t);
  end loop;
  foreach t in array array['webhooks', 'webhook_outbox', 'tenant_usage_hours', 'tenant_usage_days'] loop
    execute format('create policy tenant on %I to broker_tenant using (tenant_id = (select broker_current_tenant())) with check (tenant_id = (select broker_current_tenant()))', t);
  end loop;
end $$;
--> statement-breakpoint
-- Counts change in place: leave room for it on each page.
alter table usage_hours set (fillfactor = 80);
--> statement-breakpoint
alter table tenant_usage_hours set (fillfactor = 70);
--> statement-breakpoint
alter table last_uses set (fillfactor = 70);
--> statement-breakpoint
alter table usage_sources set (fillfactor = 80);
--> statement-breakpoint
-- One flush of an instance, whole or not at all, and once: its id is written with it, so that one
-- whose answer got lost may be sent again. Time is the database's, less the age of what was
-- collected. Tables and keys go in one order for all instances, so that none waits in a circle.
-- Returns the credentials that were seen from somewhere new.
create function broker_record_usage(flush_id uuid, age_ms double precision, counted json, overflow json, seen json, refused json)
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
    from json_to_recordset(counted) as x(c uuid, t uuid, o text, n bigint)
    order by x.c, x.o collate "C"
    on conflict (credential_id, hour, outcome) do update set count = h.count + excluded.count;
  insert into last_uses as l (credential_id, tenant_id, kind, last_used_at)
    select x.c, x.t, x.k, moment
    from json_to_recordset(counted) as x(c uuid, t uuid, k text, o text)
    where x.o = 'accepted'
    order by x.c
    on conflict (credential_id) do update set last_used_at = greatest(l.last_used_at, excluded.last_used_at);
  return query
    with written as (
      insert into usage_sources as s (credential_id, tenant_id, address, user_agent, first_seen_at, last_seen_at, count)
        select x.c, x.t, x.a, x.u, moment, moment, x.n
        from json_to_recordset(seen) as x(c uuid, t uuid, a text, u text, n bigint)
        order by x.c, x.a collate "C", x.u collate "C"
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
      select y.t, y.o, y.n from json_to_recordset(counted) as y(t uuid, o text, n bigint)
      union all
      select z.t, z.o, z.n from json_to_recordset(overflow) as z(t uuid, o text, n bigint)
    ) x
    group by x.t, x.o
    order by x.t, x.o collate "C"
    on conflict (tenant_id, hour, outcome) do update set count = h.count + excluded.count;
end $$;
--> statement-breakpoint
-- Keeps the most recent sources of each credential and adds the others up under the address '*'.
-- That row comes first, as in a flush's order; rows that others hold are left for the next time.
create function broker_trim_sources(credentials uuid[], kept int)
returns void
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  one uuid;
begin
  for one in select distinct u.c from unnest(credentials) u(c) order by u.c loop
    perform from usage_sources s where s.credential_id = one offset kept + 1 limit 1;
    continue when not found;
    insert into usage_sources as s (credential_id, tenant_id, address, user_agent, first_seen_at, last_seen_at, count)
      select o.credential_id, o.tenant_id, '*', '', o.first_seen_at, o.last_seen_at, 0
      from usage_sources o where o.credential_id = one limit 1
      on conflict (credential_id, address, user_agent) do update set count = s.count;
    with old as (
      select s.ctid as place from usage_sources s
      where s.credential_id = one and s.address <> '*'
      order by s.last_seen_at desc, s.address, s.user_agent
      offset kept
      for update skip locked
    ), gone as (
      delete from usage_sources s using old where s.ctid = old.place
      returning s.first_seen_at, s.last_seen_at, s.count
    ), added as (
      select min(g.first_seen_at) as first_seen_at, max(g.last_seen_at) as last_seen_at, sum(g.count) as count from gone g
    )
    update usage_sources s set
      count = s.count + a.count,
      first_seen_at = least(s.first_seen_at, a.first_seen_at),
      last_seen_at = greatest(s.last_seen_at, a.last_seen_at)
    from added a
    where s.credential_id = one and s.address = '*' and s.user_agent = '' and a.count is not null;
  end loop;
end $$;
--> statement-breakpoint
revoke execute on function broker_record_usage(uuid, double precision, json, json, json, json), broker_trim_sources(uuid[], int) from public;
--> statement-breakpoint
grant execute on function broker_record_usage(uuid, double precision, json, json, json, json), broker_trim_sources(uuid[], int) to broker_platform;
