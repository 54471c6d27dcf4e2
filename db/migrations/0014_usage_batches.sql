CREATE TABLE "usage_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"closed_at" timestamp (3) with time zone NOT NULL,
	"lines" integer NOT NULL,
	"credentials" uuid[] NOT NULL,
	"tenants" uuid[] NOT NULL,
	"kinds" text[] NOT NULL,
	"outcomes" text[] NOT NULL,
	"counts" bigint[] NOT NULL,
	"places" integer[] NOT NULL,
	"seen" bigint[] NOT NULL,
	"sources" jsonb NOT NULL,
	"overflow" jsonb NOT NULL
);
--> statement-breakpoint
-- Ids are not worth compressing, and the rest is not there for long.
alter table usage_batches
  alter column credentials set storage external, alter column tenants set storage external,
  alter column kinds set storage external, alter column outcomes set storage external,
  alter column counts set storage external, alter column places set storage external,
  alter column seen set storage external;
--> statement-breakpoint
alter table usage_batches enable row level security;
--> statement-breakpoint
create policy platform on usage_batches to broker_platform using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on usage_batches to broker_platform;
--> statement-breakpoint
-- Takes a batch of an instance's counts, whole or not at all, and once: its id is kept, so that one
-- whose answer got lost may be sent again. Time is the database's, less the age of what was
-- collected.
create function broker_store_usage(
  batch_id uuid, age_ms double precision,
  credentials uuid[], tenants uuid[], kinds text[], outcomes text[], counts bigint[],
  places int[], seen bigint[], sources jsonb, overflow jsonb, refused json
)
returns void
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
begin
  insert into usage_flushes (id, flushed_at) values (batch_id, statement_timestamp()) on conflict do nothing;
  if not found then return; end if;
  insert into usage_batches
    select batch_id, statement_timestamp() - age_ms * interval '1 millisecond', cardinality(credentials),
      credentials, tenants, kinds, outcomes, counts, places, seen, sources, overflow
    where cardinality(credentials) > 0 or overflow <> '[]';
  insert into refusals (id, tenant_id, credential_id, kind, occurred_at, reason, request_id, address, user_agent)
    select x.i, x.t, x.c, x.k, statement_timestamp() - x.age * interval '1 millisecond', x.r, x.q, x.a, x.u
    from json_to_recordset(refused) as x(i uuid, t uuid, c uuid, k text, age double precision, r text, q text, a text, u text)
    on conflict do nothing;
end $$;
--> statement-breakpoint
-- Adds the batches that wait, from the oldest on, up to `most` lines (one batch at least), to all
-- other tables of counts. With `min_age_ms` only if one waits for that long, and nobody else is at
-- it; without, whoever is at it is waited for. Tables and keys go in the order of
-- broker_record_uses, which instances of the release before still call.
-- Returns how many batches were merged, how many wait, and which credentials were seen from
-- somewhere new.
create function broker_merge_usage(
  min_age_ms double precision, most int,
  out merged int, out waiting int, out fresh uuid[]
)
language plpgsql volatile security definer
set search_path = public, pg_temp
set lock_timeout = '1s'
as $$
declare
  only_one constant bigint := hashtextextended('servicebroker/usage-merge', 0);
  chosen uuid[];
  credentials uuid[]; tenants uuid[]; kinds text[]; outcomes text[]; hours timestamptz(3)[]; counts bigint[]; latest timestamptz(3)[];
begin
  merged := 0;
  fresh := '{}';
  select count(*) into waiting from usage_batches;
  if waiting = 0 then return; end if;
  if min_age_ms > 0 then
    perform from usage_batches b where b.closed_at <= statement_timestamp() - min_age_ms * interval '1 millisecond';
    if not found or not pg_try_advisory_xact_lock(only_one) then return; end if;
  else
    perform pg_advisory_xact_lock(only_one);
  end if;
  select count(*), array_agg(w.id) filter (where w.before < most) into waiting, chosen
    from (
      select b.id, sum(b.lines) over (order by b.closed_at, b.id) - b.lines as before from usage_batches b
    ) w;
  merged := coalesce(cardinality(chosen), 0);
  waiting := waiting - merged;
  if merged = 0 then return; end if;
  -- No reader waits for a disk or a standby: a merge that gets lost is made again from its batches.
  perform set_config('synchronous_commit', 'off', true);
  select array_agg(u.c), array_agg(u.t), array_agg(u.k), array_agg(u.o), array_agg(u.hour), array_agg(u.n), array_agg(u.latest)
    into credentials, tenants, kinds, outcomes, hours, counts, latest
    from (
      select x.c, x.t, x.k, x.o, b.hour, sum(x.n)::bigint as n, max(b.closed_at) as latest
      from (
        select *, date_trunc('hour', closed_at, 'UTC') as hour from usage_batches where id = any(chosen) offset 0
      ) b
      cross join unnest(b.credentials, b.tenants, b.kinds, b.outcomes, b.counts) as x(c, t, k, o, n)
      where x.o is not null
      group by x.c, x.t, x.k, x.o, b.hour
    ) u;
  insert into usage_hours as h (credential_id, tenant_id, hour, outcome, count)
    select x.c, x.t, x.hour, x.o, x.n
    from unnest(credentials, tenants, hours, outcomes, counts) as x(c, t, hour, o, n)
    order by x.c, x.o collate "C", x.hour
    on conflict (credential_id, hour, outcome) do update set count = h.count + excluded.count;
  insert into last_uses as l (credential_id, tenant_id, kind, last_used_at)
    select x.c, x.t, x.k, max(x.latest)
    from unnest(credentials, tenants, kinds, outcomes, latest) as x(c, t, k, o, latest)
    where x.o = 'accepted'
    group by x.c, x.t, x.k
    order by x.c
    on conflict (credential_id) do update set last_used_at = greatest(l.last_used_at, excluded.last_used_at);
  with place as materialized (
    select b.id, y.p, y.a, y.u, dense_rank() over (order by y.a, y.u) as source
    from usage_batches b, rows from (jsonb_to_recordset(b.sources) as (a text, u text)) with ordinality as y(a, u, p)
    where b.id = any(chosen)
  ), used as materialized (
    select x.c, x.t, place.source, min(b.closed_at) as earliest, max(b.closed_at) as latest, sum(x.n) as n
    from usage_batches b
    cross join unnest(b.credentials, b.tenants, b.places, b.seen) as x(c, t, p, n)
    join place on place.id = b.id and place.p = x.p
    where b.id = any(chosen)
    group by x.c, x.t, place.source
  ), written as (
    insert into usage_sources as s (credential_id, tenant_id, address, user_agent, first_seen_at, last_seen_at, count)
      select used.c, used.t, named.a, named.u, used.earliest, used.latest, used.n
      from used join (select distinct source, a, u from place) named using (source)
      order by used.c, named.a collate "C", named.u collate "C"
      on conflict (credential_id, address, user_agent) do update
        set count = s.count + excluded.count, last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at)
      returning s.credential_id, s.xmax = 0 as is_new
  )
  select coalesce(array_agg(distinct w.credential_id), '{}') into fresh from written w where w.is_new;
  insert into tenant_usage_hours as h (tenant_id, hour, outcome, count)
    select x.t, x.hour, x.o, sum(x.n)
    from (
      select y.t, y.hour, y.o, y.n from unnest(tenants, hours, outcomes, counts) as y(t, hour, o, n)
      union all
      select z.t, date_trunc('hour', b.closed_at, 'UTC'), z.o, z.n
      from usage_batches b, jsonb_to_recordset(b.overflow) as z(t uuid, o text, n bigint)
      where b.id = any(chosen)
    ) x
    group by x.t, x.hour, x.o
    order by x.t, x.o collate "C", x.hour
    on conflict (tenant_id, hour, outcome) do update set count = h.count + excluded.count;
  delete from usage_batches b where b.id = any(chosen);
end $$;
--> statement-breakpoint
revoke execute on function
  broker_store_usage(uuid, double precision, uuid[], uuid[], text[], text[], bigint[], int[], bigint[], jsonb, jsonb, json),
  broker_merge_usage(double precision, int)
from public;
--> statement-breakpoint
grant execute on function
  broker_store_usage(uuid, double precision, uuid[], uuid[], text[], text[], bigint[], int[], bigint[], jsonb, jsonb, json),
  broker_merge_usage(double precision, int)
to broker_platform;
--> statement-breakpoint
-- Called by no release before this one any more.
drop function broker_record_usage(uuid, double precision, json, json, json, json);
