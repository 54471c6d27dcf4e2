-- Counts of many credentials are written in pieces with a millisecond between them, so that on a
-- core which others share (a small server's database has no core of its own) verifications wait
-- for a piece and not for all of it. What is written stays locked until the end, so there are 16
-- pieces of a table at most, and no pauses while another instance's statement has some. All is
-- sorted first, since all instances have to take locks in the same order.
create or replace function broker_record_uses(
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
  -- The server waits in whole milliseconds; a full one would often be two.
  pause constant double precision := 0.0005;
  pauses boolean;
  counted int := cardinality(credentials);
  seen int := cardinality(seen_credentials);
  piece int;
  addresses text[];
  agents text[];
  places int[];
begin
  insert into usage_flushes (id, flushed_at) values (flush_id, statement_timestamp()) on conflict do nothing;
  if not found then return; end if;
  pauses := counted > 64 and pg_try_advisory_xact_lock(hashtextextended('servicebroker/usage-pauses', 0));
  if pauses then perform pg_sleep(pause); end if;

  select array_agg(x.c), array_agg(x.t), array_agg(x.k), array_agg(x.o), array_agg(x.n)
  into credentials, tenants, kinds, outcomes, counts
  from (
    select u.c, u.t, u.k, u.o, u.n from unnest(credentials, tenants, kinds, outcomes, counts) as u(c, t, k, o, n)
    order by u.c, u.o collate "C"
  ) x;
  piece := greatest(64, ceil(counted / 16.0));
  for i in 1 .. counted by piece loop
    if pauses then perform pg_sleep(pause); end if;
    insert into usage_hours as h (credential_id, tenant_id, hour, outcome, count)
      select x.c, x.t, this_hour, x.o, x.n
      from unnest(
        credentials[i : i + piece - 1], tenants[i : i + piece - 1],
        outcomes[i : i + piece - 1], counts[i : i + piece - 1]
      ) as x(c, t, o, n)
      on conflict (credential_id, hour, outcome) do update set count = h.count + excluded.count;
  end loop;
  for i in 1 .. counted by piece loop
    if pauses then perform pg_sleep(pause); end if;
    insert into last_uses as l (credential_id, tenant_id, kind, last_used_at)
      select x.c, x.t, x.k, moment
      from unnest(
        credentials[i : i + piece - 1], tenants[i : i + piece - 1],
        kinds[i : i + piece - 1], outcomes[i : i + piece - 1]
      ) as x(c, t, k, o)
      where x.o = 'accepted'
      on conflict (credential_id) do update set last_used_at = greatest(l.last_used_at, excluded.last_used_at);
  end loop;

  if pauses then perform pg_sleep(pause); end if;
  select array_agg(x.a), array_agg(x.u), array_agg(x.p) into addresses, agents, places
  from (
    select y.a, y.u, y.p from rows from (json_to_recordset(sources) as (a text, u text)) with ordinality as y(a, u, p)
    order by y.a collate "C", y.u collate "C"
  ) x;
  select array_agg(x.c), array_agg(x.t), array_agg(x.place), array_agg(x.n)
  into seen_credentials, seen_tenants, seen_places, seen_counts
  from (
    select u.c, u.t, y.place, u.n
    from unnest(seen_credentials, seen_tenants, seen_places, seen_counts) as u(c, t, p, n)
    join unnest(places) with ordinality as y(p, place) on y.p = u.p
    order by u.c, y.place
  ) x;
  piece := greatest(64, ceil(seen / 16.0));
  for i in 1 .. seen by piece loop
    if pauses then perform pg_sleep(pause); end if;
    return query
      with written as (
        insert into usage_sources as s (credential_id, tenant_id, address, user_agent, first_seen_at, last_seen_at, count)
          select x.c, x.t, addresses[x.p], agents[x.p], moment, moment, x.n
          from unnest(
            seen_credentials[i : i + piece - 1], seen_tenants[i : i + piece - 1],
            seen_places[i : i + piece - 1], seen_counts[i : i + piece - 1]
          ) as x(c, t, p, n)
          on conflict (credential_id, address, user_agent) do update
            set count = s.count + excluded.count, last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at)
          returning s.credential_id, s.xmax = 0 as fresh
      )
      select distinct w.credential_id from written w where w.fresh;
  end loop;

  if pauses then perform pg_sleep(pause); end if;
  insert into refusals (id, tenant_id, credential_id, kind, occurred_at, reason, request_id, address, user_agent)
    select x.i, x.t, x.c, x.k, statement_timestamp() - x.age * interval '1 millisecond', x.r, x.q, x.a, x.u
    from json_to_recordset(refused) as x(i uuid, t uuid, c uuid, k text, age double precision, r text, q text, a text, u text)
    on conflict do nothing;
  if pauses then perform pg_sleep(pause); end if;
  -- Last, since every instance writes these rows: they are held for the shortest time.
  select array_agg(x.t), array_agg(x.o), array_agg(x.n) into tenants, outcomes, counts
  from (
    select u.t, u.o, sum(u.n)::bigint as n
    from (
      select y.t, y.o, y.n from unnest(tenants, outcomes, counts) as y(t, o, n)
      union all
      select z.t, z.o, z.n from json_to_recordset(overflow) as z(t uuid, o text, n bigint)
    ) u
    group by u.t, u.o
    order by u.t, u.o collate "C"
  ) x;
  counted := coalesce(cardinality(tenants), 0);
  piece := greatest(64, ceil(counted / 16.0));
  for i in 1 .. counted by piece loop
    if pauses then perform pg_sleep(pause); end if;
    insert into tenant_usage_hours as h (tenant_id, hour, outcome, count)
      select x.t, this_hour, x.o, x.n
      from unnest(
        tenants[i : i + piece - 1], outcomes[i : i + piece - 1], counts[i : i + piece - 1]
      ) as x(t, o, n)
      on conflict (tenant_id, hour, outcome) do update set count = h.count + excluded.count;
  end loop;
end $$;
