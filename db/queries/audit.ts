import { and, asc, desc, eq, gt, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { iso } from "../iso";
import { auditChains, auditCheckpoints, auditEvents } from "../schema";
import { enqueueEvent } from "./webhooks";

export type AuditEventRow = typeof auditEvents.$inferSelect;
export type ChainHead = { sequence: number; hash: Buffer; now: Date };

const noPredecessor = Buffer.alloc(32);

/**
 * Locks the end of a Tenant's chain, then reads the database's clock, so that events of one Tenant
 * are written one after the other and their times follow their order.
 */
export async function lockChain(tx: Transaction, tenantId: string): Promise<ChainHead> {
  const present = await lockHead(tx, tenantId);
  if (present) return present;
  await tx.insert(auditChains).values({ tenantId, hash: noPredecessor }).onConflictDoNothing();
  return (await lockHead(tx, tenantId)) as ChainHead;
}

async function lockHead(tx: Transaction, tenantId: string): Promise<ChainHead | undefined> {
  // What is asked for beside a lock may be worked out before it is had; what is asked of that, not.
  const head = tx
    .$with("head")
    .as(
      tx
        .select({ sequence: auditChains.sequence, hash: auditChains.hash })
        .from(auditChains)
        .where(eq(auditChains.tenantId, tenantId))
        .for("no key update"),
    );
  const rows = await tx
    .with(head)
    .select({
      sequence: head.sequence,
      hash: head.hash,
      now: sql<Date>`${iso(sql`clock_timestamp()`)}`.mapWith((text) => new Date(text)),
    })
    .from(head);
  return rows[0];
}

/** Appends an event to a chain that `lockChain` holds, and queues it for the Tenant's webhooks. */
export async function appendEvent(tx: Transaction, event: AuditEventRow): Promise<void> {
  const { tenantId, sequence, hash } = event;
  const appended = tx
    .$with("appended")
    .as(tx.insert(auditEvents).values(event).returning({ id: auditEvents.id }));
  await tx
    .with(appended)
    .update(auditChains)
    .set({ sequence, hash })
    .where(eq(auditChains.tenantId, tenantId));
  await enqueueEvent(tx, event);
}

export type AuditQuery = {
  actor?: string;
  action?: string;
  target?: string;
  from?: Date;
  to?: Date;
};

/**
 * Conditions of a filter. Times become bounds of the sequence, which the database's clock keeps
 * in step with them, so that an index by sequence serves every filter.
 */
function conditionsOf(tenantId: string, query: AuditQuery): SQL {
  const of = (edge: SQL) => sql`(select e.sequence from ${auditEvents} e
    where e.tenant_id = ${tenantId} and ${edge} limit 1)`;
  const from = query.from?.toISOString();
  const to = query.to?.toISOString();
  return and(
    eq(auditEvents.tenantId, tenantId),
    query.actor ? byActor(query.actor) : undefined,
    query.action ? eq(auditEvents.action, query.action) : undefined,
    query.target ? eq(auditEvents.targetId, query.target) : undefined,
    from
      ? sql`${auditEvents.sequence} >= ${of(sql`e.occurred_at >= ${from}::timestamptz order by e.occurred_at, e.sequence`)}`
      : undefined,
    to
      ? sql`${auditEvents.sequence} <= ${of(sql`e.occurred_at < ${to}::timestamptz order by e.occurred_at desc, e.sequence desc`)}`
      : undefined,
  ) as SQL;
}

/**
 * A page of a Tenant's events, newest first: those after the one whose id is named, or the nearest
 * ones before it.
 */
export async function listEvents(
  tx: Transaction,
  tenantId: string,
  query: AuditQuery & { after?: string; before?: string; limit: number },
): Promise<AuditEventRow[]> {
  const edge = query.after ?? query.before;
  const backwards = query.after === undefined && query.before !== undefined;
  const beyond = edge
    ? sql`${auditEvents.sequence} ${backwards ? sql`>` : sql`<`} (select p.sequence from ${auditEvents} p where p.id = ${edge} and p.tenant_id = ${tenantId})`
    : undefined;
  const rows = await tx
    .select()
    .from(auditEvents)
    .where(and(conditionsOf(tenantId, query), beyond))
    .orderBy(backwards ? asc(auditEvents.sequence) : desc(auditEvents.sequence))
    .limit(query.limit);
  return backwards ? rows.reverse() : rows;
}

/** One event of a Tenant, or null. */
export async function findEvent(tx: Transaction, tenantId: string, id: string) {
  const rows = await tx
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.tenantId, tenantId), eq(auditEvents.id, id)));
  return rows[0] ?? null;
}

/** The event that made a token: its issue, or the replacement of the one before it. */
export async function findIssueEvent(
  tx: Transaction,
  input: { tenantId: string; tokenId: string; replaces: string | null },
): Promise<AuditEventRow | null> {
  const { tenantId, tokenId, replaces } = input;
  const [action, target] = replaces ? ["token.replaced", replaces] : ["token.issued", tokenId];
  const rows = await tx
    .select()
    .from(auditEvents)
    .where(conditionsOf(tenantId, { action, target }))
    .orderBy(asc(auditEvents.sequence))
    .limit(1);
  return rows[0] ?? null;
}

/** Actors without an id, named by their type instead. */
const nameless = ["cli", "service"] as const;

const byActor = (actor: string) => {
  const type = nameless.find((each) => each === actor);
  return type
    ? and(isNull(auditEvents.actorId), eq(auditEvents.actorType, type))
    : eq(auditEvents.actorId, actor);
};

export type AuditActor = { id: string; type: AuditEventRow["actorType"]; name: string };

/**
 * Who has changed something in a Tenant, each once with the latest name. Steps from actor to actor
 * along the index: the cost is by actors, not by events. The command line and the product itself
 * come first, their types as their ids.
 */
export async function listActors(
  tx: Transaction,
  tenantId: string,
  limit: number,
): Promise<AuditActor[]> {
  const next = (than: SQL) => sql`(select e.actor_id from ${auditEvents} e
    where e.tenant_id = ${tenantId} and e.actor_id > ${than} order by e.actor_id limit 1)`;
  const rows = await tx.execute<AuditActor>(sql`
    with recursive step as (
      select ${next(sql`''`)} as actor_id
      union all
      select ${next(sql`s.actor_id`)} from step s where s.actor_id is not null
    ), actors as (select s.actor_id from step s where s.actor_id is not null limit ${limit})
    select a.actor_id as id, l.actor_type as type, l.actor_name as name
    from actors a cross join lateral (
      select e.actor_type, e.actor_name from ${auditEvents} e
      where e.tenant_id = ${tenantId} and e.actor_id = a.actor_id
      order by e.sequence desc limit 1
    ) l order by l.actor_name, a.actor_id`);
  const typed = await tx.execute<AuditActor>(sql`
    select t.type as id, t.type, l.actor_name as name
    from unnest(${sql.param(`{${nameless.join(",")}}`)}::text[]) t(type) cross join lateral (
      select e.actor_name from ${auditEvents} e
      where e.tenant_id = ${tenantId} and e.actor_id is null and e.actor_type = t.type
      order by e.sequence desc limit 1
    ) l order by t.type`);
  return [...typed, ...rows];
}

/** The next events of a chain in its own order, after one sequence and up to another. */
export function readChain(
  tx: Transaction,
  tenantId: string,
  query: AuditQuery & { after: number; upTo: number; limit: number },
): Promise<AuditEventRow[]> {
  return tx
    .select()
    .from(auditEvents)
    .where(
      and(
        conditionsOf(tenantId, query),
        gt(auditEvents.sequence, query.after),
        lte(auditEvents.sequence, query.upTo),
      ),
    )
    .orderBy(asc(auditEvents.sequence))
    .limit(query.limit);
}

/** The end of a Tenant's chain as it stands; null before its first event. */
export async function findChain(tx: Transaction, tenantId: string) {
  const rows = await tx.select().from(auditChains).where(eq(auditChains.tenantId, tenantId));
  return rows[0] ?? null;
}

/** Tenants that have a chain, by id, after the one named. */
export async function listChains(tx: Transaction, after: string, limit: number) {
  const rows = await tx
    .select({ tenantId: auditChains.tenantId })
    .from(auditChains)
    .where(gt(auditChains.tenantId, after))
    .orderBy(asc(auditChains.tenantId))
    .limit(limit);
  return rows.map((row) => row.tenantId);
}

export type CheckpointRow = typeof auditCheckpoints.$inferSelect;

export type UnsignedChain = {
  tenantId: string;
  sequence: number;
  /** Hex. */
  hash: string;
  now: string;
  /** Whether what was signed before is still there, and as it was. */
  holds: boolean;
};

/** Chains whose end the key named has not signed, sound ones first, with the database's time. */
export async function listUnsignedChains(
  tx: Transaction,
  kid: string,
  limit: number,
): Promise<UnsignedChain[]> {
  return tx.execute<UnsignedChain>(sql`
    select c.tenant_id as "tenantId", c.sequence::float8 as sequence, encode(c.hash, 'hex') as hash,
      ${iso(sql`clock_timestamp()`)} as now,
      not exists (
        select from (
          select k.sequence, k.hash from audit_checkpoints k
          where k.tenant_id = c.tenant_id order by k.sequence desc limit 1
        ) last
        where not exists (
          select from audit_events e
          where e.tenant_id = c.tenant_id and e.sequence = last.sequence and e.hash = last.hash)
      ) as holds
    from audit_chains c
    where c.sequence > 0 and not exists (
      select from audit_checkpoints k
      where k.tenant_id = c.tenant_id and k.sequence = c.sequence and k.kid = ${kid})
    order by holds desc limit ${limit}`);
}

/** Keeps signed heads; one that is there already stays. */
export async function insertCheckpoints(tx: Transaction, rows: CheckpointRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(auditCheckpoints).values(rows).onConflictDoNothing();
}

/** Signed heads of a chain in order, after the one named. */
export function listCheckpoints(
  tx: Transaction,
  tenantId: string,
  after: { sequence: number; kid: string },
  limit: number,
): Promise<CheckpointRow[]> {
  return tx
    .select()
    .from(auditCheckpoints)
    .where(
      and(
        eq(auditCheckpoints.tenantId, tenantId),
        sql`(${auditCheckpoints.sequence}, ${auditCheckpoints.kid}) > (${after.sequence}, ${after.kid})`,
      ),
    )
    .orderBy(asc(auditCheckpoints.sequence), asc(auditCheckpoints.kid))
    .limit(limit);
}
