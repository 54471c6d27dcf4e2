import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { iso } from "../iso";

export type RefusalRow = {
  id: string;
  tenantId: string | null;
  tenantName: string | null;
  kind: "token" | "client" | null;
  credentialId: string | null;
  credentialName: string | null;
  occurredAt: string;
  reason: string;
  requestId: string;
  address: string | null;
  userAgent: string | null;
};
export type RefusalQuery = {
  /** Null is all Tenants, and the calls that are nobody's. */
  tenantId: string | null;
  credentialId?: string;
  requestId?: string;
  reason?: string;
  from?: Date;
  to?: Date;
  after?: string;
  /** Without `after`: the nearest ones before the one named. */
  before?: string;
  limit: number;
};

/** Refused calls, newest first. */
export async function listRefusals(tx: Transaction, query: RefusalQuery): Promise<RefusalRow[]> {
  const { tenantId, credentialId, requestId, reason, from, to, after, before } = query;
  const backwards = after === undefined && before !== undefined;
  const order = backwards ? sql`asc` : sql`desc`;
  const conditions: SQL[] = [sql`true`];
  if (tenantId !== null) conditions.push(sql`r.tenant_id = ${tenantId}`);
  if (credentialId) conditions.push(sql`r.credential_id = ${credentialId}`);
  if (requestId) conditions.push(sql`r.request_id = ${requestId}`);
  if (reason) conditions.push(sql`r.reason = ${reason}`);
  if (from) conditions.push(sql`r.occurred_at >= ${from.toISOString()}::timestamptz`);
  if (to) conditions.push(sql`r.occurred_at < ${to.toISOString()}::timestamptz`);
  if (after ?? before) {
    conditions.push(
      sql`(r.occurred_at, r.id) ${backwards ? sql`>` : sql`<`} (select p.occurred_at, p.id from refusals p where p.id = ${after ?? before})`,
    );
  }
  const rows = await tx.execute<RefusalRow>(sql`
    select r.id, r.tenant_id as "tenantId", r.kind, r.credential_id as "credentialId",
      ${iso(sql`r.occurred_at`)} as "occurredAt", r.reason, r.request_id as "requestId",
      r.address, r.user_agent as "userAgent",
      (select n.name from tenants n where n.id = r.tenant_id) as "tenantName",
      case r.kind when 'token' then (select t.name from tokens t where t.id = r.credential_id)
        when 'client' then (select c.name from clients c where c.id = r.credential_id) end as "credentialName"
    from refusals r
    where ${sql.join(conditions, sql` and `)}
    order by r.occurred_at ${order}, r.id ${order} limit ${query.limit}`);
  return backwards ? [...rows].reverse() : [...rows];
}

export type RefusedSourceRow = {
  address: string | null;
  userAgent: string | null;
  reason: string;
  count: number;
  firstAt: string;
  lastAt: string;
  lastRequestId: string;
};

/** Where a credential's latest `limit` refused calls came from and why, the latest first. */
export async function listRefusedSources(
  tx: Transaction,
  input: { tenantId: string; credentialId: string; limit: number },
): Promise<RefusedSourceRow[]> {
  return tx.execute<RefusedSourceRow>(sql`
    select r.address, r.user_agent as "userAgent", r.reason, count(*)::int as count,
      ${iso(sql`min(r.occurred_at)`)} as "firstAt", ${iso(sql`max(r.occurred_at)`)} as "lastAt",
      (array_agg(r.request_id order by r.occurred_at desc, r.id desc))[1] as "lastRequestId"
    from (
      select * from refusals f
      where f.credential_id = ${input.credentialId} and f.tenant_id = ${input.tenantId}
      order by f.occurred_at desc, f.id desc limit ${input.limit}
    ) r
    group by r.address, r.user_agent, r.reason
    order by max(r.occurred_at) desc, 1, 2, 3`);
}
