import { sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { iso } from "../iso";

export type FoundTenant = { id: string; name: string; domain: string | null; status: string };
export type FoundCredential = {
  kind: "token" | "client";
  id: string;
  /** `client_id` of a client; the id itself of a token. */
  publicId: string;
  name: string;
  hint: string | null;
  status: "Active" | "Inactive" | "Revoked";
  tenantId: string;
  tenantName: string;
  lastUsedAt: string | null;
};

export const like = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** Tenants by id, by a part of the name, e-mail or domain, or by the public id. */
export async function findTenantsFor(tx: Transaction, text: string, limit: number) {
  const rows = await tx.execute<FoundTenant>(sql`
    select n.id, n.name, n.domain, n.status from tenants n
    where n.id::text = lower(${text}) or n.sid = lower(${text})
      or n.name ilike ${like(text)} or n.email ilike ${like(text)} or n.domain ilike ${like(text)}
    order by n.id::text = lower(${text}) desc, n.name, n.id limit ${limit}`);
  return [...rows];
}

export const tokenColumns = sql`'token' as kind, t.id, t.id::text as "publicId", t.name, t.hint,
  case when t.revoked_at is not null or t.revoke_at <= statement_timestamp() then 'Revoked'
    when t.active then 'Active' else 'Inactive' end as status,
  n.id as "tenantId", n.name as "tenantName",
  (select ${iso(sql`l.last_used_at`)} from last_uses l where l.credential_id = t.id) as "lastUsedAt"`;
const clientColumns = sql`'client' as kind, c.id, c.client_id as "publicId", c.name, null as hint,
  case when c.revoked_at is not null then 'Revoked' when c.active then 'Active' else 'Inactive' end as status,
  n.id as "tenantId", n.name as "tenantName",
  (select ${iso(sql`l.last_used_at`)} from last_uses l where l.credential_id = c.id) as "lastUsedAt"`;

/** Tokens by id or by the whole hint. */
export async function findTokensFor(
  tx: Transaction,
  by: { id: string } | { hint: string } | { tokenHash: Buffer },
  limit: number,
): Promise<FoundCredential[]> {
  const condition =
    "id" in by
      ? sql`t.id = ${by.id}`
      : "hint" in by
        ? sql`t.hint = ${by.hint}`
        : sql`t.token_hash = decode(${by.tokenHash.toString("hex")}, 'hex')`;
  const rows = await tx.execute<FoundCredential>(sql`
    select ${tokenColumns} from tokens t join tenants n on n.id = t.tenant_id
    where ${condition} order by t.created_at desc limit ${limit}`);
  return [...rows];
}

/** A client by id, by `client_id`, or by one of its secrets. */
export async function findClientsFor(
  tx: Transaction,
  by: { id: string } | { clientId: string } | { secretHash: Buffer },
): Promise<FoundCredential[]> {
  const condition =
    "id" in by
      ? sql`c.id = ${by.id}`
      : "clientId" in by
        ? sql`c.client_id = ${by.clientId}`
        : sql`c.id in (select s.client_uuid from client_secrets s where s.secret_hash = decode(${by.secretHash.toString("hex")}, 'hex'))`;
  const rows = await tx.execute<FoundCredential>(sql`
    select ${clientColumns} from clients c join tenants n on n.id = c.tenant_id
    where ${condition}`);
  return [...rows];
}

export type FoundEvent = {
  id: string;
  tenantId: string;
  tenantName: string;
  action: string;
  actorName: string;
  targetName: string | null;
  occurredAt: string;
};

/** Changes that a request made, by its id. */
export async function findEventsOfRequest(tx: Transaction, requestId: string, limit: number) {
  const rows = await tx.execute<FoundEvent>(sql`
    select e.id, e.tenant_id as "tenantId", n.name as "tenantName", e.action,
      e.actor_name as "actorName", e.target_name as "targetName", ${iso(sql`e.occurred_at`)} as "occurredAt"
    from audit_events e join tenants n on n.id = e.tenant_id
    where e.request_id = ${requestId} order by e.occurred_at desc limit ${limit}`);
  return [...rows];
}

export type TenantVolume = {
  id: string;
  name: string;
  domain: string | null;
  isMaster: boolean;
  status: "active" | "suspended" | "deleted";
  statusReason: string | null;
  statusChangedAt: string;
  liveTokens: number;
  liveClients: number;
  accepted24: number;
  refused24: number;
  lastUsedAt: string | null;
};
export type TenantVolumeQuery = {
  search?: string;
  status?: TenantVolume["status"];
  after?: string;
  /** Without `after`: the nearest ones before the one named. */
  before?: string;
  limit: number;
};

/** Tenants by name, with what they hold and how much they are used (24 hours, to the hour). */
export async function listTenantVolumes(
  tx: Transaction,
  query: TenantVolumeQuery,
): Promise<TenantVolume[]> {
  const { search, status, after, before } = query;
  const backwards = after === undefined && before !== undefined;
  const order = backwards ? sql`desc` : sql`asc`;
  const conditions = [sql`true`];
  if (search) {
    conditions.push(sql`(n.name ilike ${like(search)} or n.domain ilike ${like(search)}
      or n.email ilike ${like(search)} or n.id::text = lower(${search}) or n.sid = lower(${search}))`);
  }
  if (status) conditions.push(sql`n.status = ${status}`);
  if (after ?? before) {
    conditions.push(
      sql`(n.name, n.id) ${backwards ? sql`<` : sql`>`} (select p.name, p.id from tenants p where p.id = ${after ?? before})`,
    );
  }
  const rows = await tx.execute<TenantVolume>(sql`
    with page as materialized (
      select n.* from tenants n where ${sql.join(conditions, sql` and `)}
      order by n.name ${order}, n.id ${order} limit ${query.limit}
    )
    select p.id, p.name, p.domain, p.is_master as "isMaster", p.status,
      p.status_reason as "statusReason", ${iso(sql`p.status_changed_at`)} as "statusChangedAt",
      (select count(*)::float8 from tokens t where t.tenant_id = p.id and t.revoked_at is null
        and coalesce(t.revoke_at > now(), true)) as "liveTokens",
      (select count(*)::float8 from clients c where c.tenant_id = p.id and c.revoked_at is null) as "liveClients",
      u.accepted as "accepted24", u.refused as "refused24",
      (select ${iso(sql`max(l.last_used_at)`)} from last_uses l where l.tenant_id = p.id) as "lastUsedAt"
    from page p cross join lateral (
      select coalesce(sum(h.count) filter (where h.outcome = 'accepted'), 0)::float8 as accepted,
        coalesce(sum(h.count) filter (where h.outcome <> 'accepted'), 0)::float8 as refused
      from tenant_usage_hours h where h.tenant_id = p.id and h.hour > now() - interval '25 hours'
    ) u
    order by p.name, p.id`);
  return [...rows];
}
