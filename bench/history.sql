-- A history of {events} audit events and {rows} rows of use, all of one Tenant and 100 tokens.
insert into tenants (id, name, email, sid)
  select ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'Tenant ' || i, 'it@tenant.example', 'sid' || i
  from generate_series(1, 50) i;
insert into tokens (id, tenant_id, name, token_hash, hint, scopes)
  select ('10000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '00000000-0000-4000-8000-000000000001', 'Token ' || i, sha256(i::text::bytea), 'sbat_…' || lpad(i::text, 4, '0'), '{broker}'
  from generate_series(1, 100) i;
insert into audit_events (id, tenant_id, sequence, occurred_at, actor_type, actor_id, actor_name, action, target_type, target_id, request_id, previous_hash, hash)
  select gen_random_uuid(), '00000000-0000-4000-8000-000000000001', i, now() - ({events} - i) * interval '20 seconds', 'system', 'actor' || i % 50, 'x', (array['token.issued', 'token.renamed', 'token.revoked'])[1 + i % 3], 'token', 'target' || i % 500, 'made' || i, '\x00', '\x00'
  from generate_series(1, {events}) i;
insert into audit_chains values ('00000000-0000-4000-8000-000000000001', {events}, '\x00');
insert into usage_hours (tenant_id, credential_id, hour, outcome, count)
  select '00000000-0000-4000-8000-000000000001', ('10000000-0000-4000-8000-' || lpad(to_hex(1 + i % 100), 12, '0'))::uuid, date_trunc('hour', now()) - (i / 100) * interval '1 hour', 'accepted', 5
  from generate_series(0, {rows} - 1) i;
insert into tenant_usage_hours (tenant_id, hour, outcome, count)
  select tenant_id, hour, outcome, sum(count) from usage_hours group by 1, 2, 3;
insert into last_uses (credential_id, tenant_id, kind, last_used_at)
  select id, tenant_id, 'token', now() from tokens;
insert into refusals (id, tenant_id, credential_id, kind, occurred_at, reason, request_id)
  select gen_random_uuid(), '00000000-0000-4000-8000-000000000001', ('10000000-0000-4000-8000-' || lpad(to_hex(1 + i % 100), 12, '0'))::uuid, 'token', now() - i * interval '1 second', 'inactive', 'refused' || i
  from generate_series(1, {events}) i;
analyze;
