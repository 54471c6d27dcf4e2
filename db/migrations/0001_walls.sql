-- The second wall: the application acts under roles that own nothing.
--   broker_tenant    one Tenant's rows only (row-level security by broker.tenant_id)
--   broker_platform  every Tenant's rows: sign-in, staff, operator, background work
-- Neither can update or delete audit events. Roles belong to the whole server, so they may exist.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['broker_tenant', 'broker_platform'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if not pg_has_role(current_user, wanted, 'member') or not (select rolsuper from pg_roles where rolname = current_user) then
      begin
        execute format('grant %I to %I', wanted, current_user);
      exception when others then
        raise notice 'could not grant % to %: %', wanted, current_user, sqlerrm;
      end;
    end if;
  end loop;
end $$;
--> statement-breakpoint
do $$ begin execute format('grant usage on schema %I to broker_tenant, broker_platform', current_schema()); end $$;
--> statement-breakpoint
grant select on all tables in schema public to broker_tenant, broker_platform;
--> statement-breakpoint
revoke select on signing_keys, sessions, one_time_links from broker_tenant;
--> statement-breakpoint
grant insert, update on tenants, tokens, clients, client_secrets, users, memberships, sessions, one_time_links, signing_keys, audit_chains, usage_hours, usage_days, usage_sources, last_uses to broker_platform;
--> statement-breakpoint
grant insert on revoked_jwts, audit_events, audit_checkpoints, refusals to broker_platform;
--> statement-breakpoint
grant delete on memberships, sessions, one_time_links, signing_keys, revoked_jwts, usage_hours, usage_days, usage_sources, refusals to broker_platform;
--> statement-breakpoint
grant update on tenants to broker_tenant;
--> statement-breakpoint
grant insert, update on tokens, clients, client_secrets, memberships, audit_chains to broker_tenant;
--> statement-breakpoint
grant insert on revoked_jwts, audit_events to broker_tenant;
--> statement-breakpoint
grant delete on memberships to broker_tenant;
--> statement-breakpoint
create function broker_current_tenant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('broker.tenant_id', true), '')::uuid $$;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['tenants', 'tokens', 'clients', 'client_secrets', 'revoked_jwts', 'memberships', 'users', 'sessions', 'one_time_links', 'signing_keys', 'audit_events', 'audit_chains', 'audit_checkpoints', 'usage_hours', 'usage_days', 'usage_sources', 'last_uses', 'refusals'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy platform on %I to broker_platform using (true) with check (true)', t);
  end loop;
  foreach t in array array['tokens', 'clients', 'client_secrets', 'revoked_jwts', 'memberships', 'audit_events', 'audit_chains', 'audit_checkpoints', 'usage_hours', 'usage_days', 'usage_sources', 'last_uses', 'refusals'] loop
    execute format('create policy tenant on %I to broker_tenant using (tenant_id = (select broker_current_tenant())) with check (tenant_id = (select broker_current_tenant()))', t);
  end loop;
end $$;
--> statement-breakpoint
create policy tenant on tenants to broker_tenant using (id = (select broker_current_tenant())) with check (id = (select broker_current_tenant()));
--> statement-breakpoint
create policy tenant on users for select to broker_tenant using (exists (select from memberships m where m.user_id = users.id and m.tenant_id = (select broker_current_tenant())));
--> statement-breakpoint
revoke select on users from broker_tenant;
--> statement-breakpoint
grant select (id, email, name, staff_role, disabled_at, created_at) on users to broker_tenant;
--> statement-breakpoint
-- The rule, for a batch: element i is either a token's hash or a client id with a jti. One row for
-- each credential that exists, with its outcome by the database's clock. Index look-ups only:
-- "offset 0" keeps the planner from turning the batch into a join over whole tables.
create function broker_verify(hashes bytea[], client_ids text[], jtis uuid[])
returns table (i int, kind text, credential_id uuid, public_id text, tenant_id uuid, sid text, name text, scopes text, is_master boolean, outcome text)
language plpgsql stable security definer
set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
    select u.i::int, 'token', t.id, t.id::text, n.id, n.sid, t.name, array_to_string(t.scopes, ' '), n.is_master,
      case
        when t.revoked_at is not null then 'revoked'
        when t.revoke_at <= statement_timestamp() then 'overlap-ended'
        when not t.active then 'inactive'
        when n.status <> 'active' then 'tenant-suspended'
        when n.auth_type = 'JWT' then 'auth-type'
        else 'accepted'
      end
    from unnest(hashes) with ordinality u(h, i)
    cross join lateral (select k.* from tokens k where k.token_hash = u.h offset 0) t
    cross join lateral (select m.* from tenants m where m.id = t.tenant_id offset 0) n
    where u.h is not null;
  return query
    select u.i::int, 'client', c.id, c.client_id, n.id, n.sid, c.name, array_to_string(c.scopes, ' '), n.is_master,
      case
        when c.revoked_at is not null then 'revoked'
        when not c.active then 'inactive'
        when n.status <> 'active' then 'tenant-suspended'
        when n.auth_type = 'SystemAccessToken' then 'auth-type'
        when exists (select from revoked_jwts r where r.jti = u.j) then 'jti-revoked'
        else 'accepted'
      end
    from unnest(client_ids, jtis) with ordinality u(c, j, i)
    cross join lateral (select k.* from clients k where k.client_id = u.c offset 0) c
    cross join lateral (select m.* from tenants m where m.id = c.tenant_id offset 0) n
    where u.c is not null;
end $$;
--> statement-breakpoint
revoke execute on function broker_verify(bytea[], text[], uuid[]) from public;
--> statement-breakpoint
grant execute on function broker_verify(bytea[], text[], uuid[]) to broker_platform;
