-- The rule, and the versions of the rows that it was read from: as long as those are the current
-- ones, it would say the same again, and that costs far less to ask. No version is told where the
-- answer may change by itself: an overlap that has an end, a JWT that is revoked (until it would
-- have expired anyway).
--
-- First the start of the server, since a version means something to one server's life only. Rows
-- end in 1E and fields in 1F: kind (t, c), place in its array, outcome by the database's clock,
-- credential, public id where it differs, Tenant, SID, whether master, scopes, name, then place and
-- xmin of the credential's row and of its Tenant's. Nothing is said of what doesn't exist. Index
-- look-ups only: "offset 0" keeps the planner from turning the batch into a join over whole tables.
drop function broker_verify_batch(bytea[], text[], uuid[]);
--> statement-breakpoint
create function broker_verify_batch(hashes bytea[], client_ids text[], jtis uuid[])
returns text
language plpgsql stable security definer
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
  of_tokens text;
  of_clients text;
begin
  if cardinality(hashes) > 0 then
    select string_agg(concat('t', e'\x1f', u.i, e'\x1f',
      case
        when t.revoked_at is not null then 'revoked'
        when t.revoke_at <= statement_timestamp() then 'overlap-ended'
        when not t.active then 'inactive'
        when n.status <> 'active' then 'tenant-suspended'
        when n.auth_type = 'JWT' then 'auth-type'
        else 'accepted'
      end, e'\x1f', t.id, e'\x1f', e'\x1f', n.id, e'\x1f', n.sid, e'\x1f', n.is_master, e'\x1f',
      array_to_string(t.scopes, ' '), e'\x1f', translate(t.name, e'\x1e\x1f', ''), e'\x1f',
      case when t.revoke_at is null or t.revoked_at is not null then
        concat(t.place, e'\x1f', t.version, e'\x1f', n.place, e'\x1f', n.version)
      end), e'\x1e')
    into of_tokens
    from unnest(hashes) with ordinality u(h, i)
    cross join lateral (
      select k.*, k.ctid as place, k.xmin as version from tokens k where k.token_hash = u.h offset 0
    ) t
    cross join lateral (
      select m.*, m.ctid as place, m.xmin as version from tenants m where m.id = t.tenant_id offset 0
    ) n;
  end if;
  if cardinality(client_ids) > 0 then
    select string_agg(concat('c', e'\x1f', u.i, e'\x1f', v.outcome, e'\x1f', c.id, e'\x1f',
      c.client_id, e'\x1f', n.id, e'\x1f', n.sid, e'\x1f', n.is_master, e'\x1f',
      array_to_string(c.scopes, ' '), e'\x1f', translate(c.name, e'\x1e\x1f', ''), e'\x1f',
      case when v.outcome <> 'jti-revoked' then
        concat(c.place, e'\x1f', c.version, e'\x1f', n.place, e'\x1f', n.version)
      end), e'\x1e')
    into of_clients
    from unnest(client_ids, jtis) with ordinality u(c, j, i)
    cross join lateral (
      select k.*, k.ctid as place, k.xmin as version from clients k where k.client_id = u.c offset 0
    ) c
    cross join lateral (
      select m.*, m.ctid as place, m.xmin as version from tenants m where m.id = c.tenant_id offset 0
    ) n
    cross join lateral (
      select case
        when c.revoked_at is not null then 'revoked'
        when not c.active then 'inactive'
        when n.status <> 'active' then 'tenant-suspended'
        when n.auth_type = 'SystemAccessToken' then 'auth-type'
        when exists (select from revoked_jwts r where r.jti = u.j) then 'jti-revoked'
        else 'accepted'
      end as outcome
    ) v;
  end if;
  return concat_ws(e'\x1e', pg_postmaster_start_time(), of_tokens, of_clients);
end $$;
--> statement-breakpoint
revoke execute on function broker_verify_batch(bytea[], text[], uuid[]) from public;
--> statement-breakpoint
grant execute on function broker_verify_batch(bytea[], text[], uuid[]) to broker_platform;
