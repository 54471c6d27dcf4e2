-- Client and secret in one look-up, for a batch. One row for each client that exists, whatever its
-- secret, with its outcome by the database's clock. "offset 0" keeps each look-up on its index.
create function broker_authenticate(client_ids text[], secret_hashes bytea[])
returns table (i int, credential_id uuid, public_id text, tenant_id uuid, sid text, name text, scopes text, is_master boolean, outcome text)
language plpgsql stable security definer
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
    select u.i::int, c.id, c.client_id, n.id, n.sid, c.name, array_to_string(c.scopes, ' '), n.is_master,
      case
        when s.id is null then 'unknown-secret'
        when s.retired_at is not null then 'secret-retired'
        when c.revoked_at is not null then 'revoked'
        when not c.active then 'inactive'
        when n.status <> 'active' then 'tenant-suspended'
        when n.auth_type = 'SystemAccessToken' then 'auth-type'
        else 'accepted'
      end
    from unnest(client_ids, secret_hashes) with ordinality u(c, h, i)
    cross join lateral (select k.* from clients k where k.client_id = u.c offset 0) c
    cross join lateral (select m.* from tenants m where m.id = c.tenant_id offset 0) n
    left join lateral (select x.* from client_secrets x where x.secret_hash = u.h and x.client_uuid = c.id offset 0) s on true;
end $$;
--> statement-breakpoint
revoke execute on function broker_authenticate(text[], bytea[]) from public;
--> statement-breakpoint
grant execute on function broker_authenticate(text[], bytea[]) to broker_platform;
