import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { auditEvents, webhookOutbox, webhooks } from "../schema";

type AuditEventRow = typeof auditEvents.$inferSelect;

/** What may be shown of a webhook: everything but its secret. */
const columns = {
  id: webhooks.id,
  tenantId: webhooks.tenantId,
  url: webhooks.url,
  active: webhooks.active,
  createdAt: webhooks.createdAt,
  failures: webhooks.failures,
  nextAttemptAt: webhooks.nextAttemptAt,
  lastDeliveredAt: webhooks.lastDeliveredAt,
  lastFailedAt: webhooks.lastFailedAt,
  lastError: webhooks.lastError,
  waiting:
    sql<number>`(select count(*) from webhook_outbox o where o.webhook_id = ${webhooks.id} and o.delivered_at is null)`.mapWith(
      Number,
    ),
};
export type WebhookRow = Omit<
  typeof webhooks.$inferSelect,
  "secretCiphertext" | "removedAt" | "leaseId" | "leasedUntil"
> & { waiting: number };

const kept = (tenantId: string, id: string) =>
  and(eq(webhooks.tenantId, tenantId), eq(webhooks.id, id), isNull(webhooks.removedAt));

/** A Tenant's webhooks, oldest first; `lock` holds their rows until the transaction ends. */
export function listWebhooks(tx: Transaction, tenantId: string): Promise<WebhookRow[]> {
  return tx
    .select(columns)
    .from(webhooks)
    .where(and(eq(webhooks.tenantId, tenantId), isNull(webhooks.removedAt)))
    .orderBy(asc(webhooks.createdAt), asc(webhooks.id));
}

export async function findWebhook(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<WebhookRow | null> {
  const rows = await tx.select(columns).from(webhooks).where(kept(tenantId, id));
  return rows[0] ?? null;
}

export async function insertWebhook(
  tx: Transaction,
  values: Pick<typeof webhooks.$inferInsert, "id" | "tenantId" | "url" | "secretCiphertext">,
): Promise<void> {
  await tx.insert(webhooks).values(values);
}

/** Changes a webhook; one that is switched on or moved is tried again at once. */
export async function updateWebhook(
  tx: Transaction,
  tenantId: string,
  id: string,
  change: { url?: string; active?: boolean; removed?: true; retryNow?: true },
): Promise<void> {
  const { removed, retryNow, ...plain } = change;
  await tx
    .update(webhooks)
    .set({
      ...plain,
      ...(removed ? { removedAt: sql`now()`, active: false } : {}),
      ...(retryNow ? { nextAttemptAt: sql`now()`, failures: 0, lastError: null } : {}),
    })
    .where(kept(tenantId, id));
}

/** Queues an event for the webhooks of its Tenant, in the event's own transaction. */
export async function enqueueEvent(tx: Transaction, event: AuditEventRow): Promise<void> {
  await tx.execute(sql`
    insert into webhook_outbox (webhook_id, sequence, tenant_id, event_id, created_at)
    select w.id, ${event.sequence}, w.tenant_id, ${event.id}, now()
    from webhooks w
    where w.tenant_id = ${event.tenantId} and w.active and w.removed_at is null`);
}

/** Queues events again, from a sequence on. @returns how many; more than `limit` queues none. */
export async function requeueEvents(
  tx: Transaction,
  input: { tenantId: string; webhookId: string; from: number; limit: number },
): Promise<number> {
  const { tenantId, webhookId, from, limit } = input;
  const found = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select from audit_events e where e.tenant_id = ${tenantId} and e.sequence >= ${from} limit ${limit + 1}) x`);
  const count = Number(found[0]?.n);
  if (count > limit) return count;
  await tx.execute(sql`
    insert into webhook_outbox (webhook_id, sequence, tenant_id, event_id, created_at)
    select ${webhookId}::uuid, e.sequence, e.tenant_id, e.id, now()
    from audit_events e where e.tenant_id = ${tenantId} and e.sequence >= ${from}
    order by e.sequence
    on conflict (webhook_id, sequence) do update set delivered_at = null, attempts = 0, created_at = now()`);
  return count;
}

/** Takes webhooks that have something to deliver, for so many seconds. */
export async function claimWebhooks(
  tx: Transaction,
  leaseId: string,
  seconds: number,
  limit: number,
): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    update webhooks set lease_id = ${leaseId}, leased_until = now() + make_interval(secs => ${seconds})
    where id in (
      select w.id from webhooks w
      where w.active and w.removed_at is null and w.next_attempt_at <= now()
        and (w.leased_until is null or w.leased_until < now())
        and exists (select from webhook_outbox o where o.webhook_id = w.id and o.delivered_at is null)
      order by w.next_attempt_at limit ${limit} for update skip locked)
    returning id`);
  return rows.map((row) => row.id);
}

export type Delivery = {
  event: AuditEventRow;
  url: string;
  secretCiphertext: Buffer;
  /** The database's time, milliseconds since the epoch. */
  now: number;
};

/** The next event of a webhook that we hold, and holds it for longer; null where there is none or it is no longer ours. */
export async function nextDelivery(
  tx: Transaction,
  webhookId: string,
  leaseId: string,
  seconds: number,
): Promise<Delivery | null> {
  const held = await tx
    .update(webhooks)
    .set({ leasedUntil: sql`now() + make_interval(secs => ${seconds})` })
    .where(
      and(
        eq(webhooks.id, webhookId),
        eq(webhooks.leaseId, leaseId),
        eq(webhooks.active, true),
        isNull(webhooks.removedAt),
      ),
    )
    .returning({ url: webhooks.url, secretCiphertext: webhooks.secretCiphertext });
  if (!held[0]) return null;
  const rows = await tx
    .select({
      event: auditEvents,
      now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::float8`.mapWith(Number),
    })
    .from(webhookOutbox)
    .innerJoin(auditEvents, eq(auditEvents.id, webhookOutbox.eventId))
    .where(and(eq(webhookOutbox.webhookId, webhookId), isNull(webhookOutbox.deliveredAt)))
    .orderBy(asc(webhookOutbox.sequence))
    .limit(1);
  return rows[0] ? { ...rows[0], ...held[0] } : null;
}

const ours = (webhookId: string, leaseId: string) =>
  and(eq(webhooks.id, webhookId), eq(webhooks.leaseId, leaseId));

/** Notes that an event has arrived. */
export async function markDelivered(
  tx: Transaction,
  webhookId: string,
  leaseId: string,
  sequence: number,
): Promise<void> {
  await tx
    .update(webhookOutbox)
    .set({ deliveredAt: sql`now()`, attempts: sql`${webhookOutbox.attempts} + 1` })
    .where(and(eq(webhookOutbox.webhookId, webhookId), eq(webhookOutbox.sequence, sequence)));
  await tx
    .update(webhooks)
    .set({ failures: 0, lastDeliveredAt: sql`now()`, lastError: null })
    .where(ours(webhookId, leaseId));
}

/** Notes that one has not, and when to try again; `off` for a receiver that wants no more. */
export async function markFailed(
  tx: Transaction,
  webhookId: string,
  leaseId: string,
  failure: { sequence: number; error: string; retryInSeconds: number; off: boolean },
): Promise<void> {
  const { sequence, error, retryInSeconds, off } = failure;
  await tx
    .update(webhookOutbox)
    .set({ attempts: sql`${webhookOutbox.attempts} + 1` })
    .where(and(eq(webhookOutbox.webhookId, webhookId), eq(webhookOutbox.sequence, sequence)));
  await tx
    .update(webhooks)
    .set({
      failures: sql`${webhooks.failures} + 1`,
      nextAttemptAt: sql`now() + make_interval(secs => ${retryInSeconds})`,
      lastFailedAt: sql`now()`,
      lastError: error,
      ...(off ? { active: false } : {}),
    })
    .where(ours(webhookId, leaseId));
}

/** Failures in a row so far. */
export async function failuresOf(tx: Transaction, webhookId: string): Promise<number> {
  const rows = await tx
    .select({ failures: webhooks.failures })
    .from(webhooks)
    .where(eq(webhooks.id, webhookId));
  return rows[0]?.failures ?? 0;
}

/** Lets go of a webhook. */
export async function releaseWebhook(tx: Transaction, webhookId: string, leaseId: string) {
  await tx
    .update(webhooks)
    .set({ leaseId: null, leasedUntil: null })
    .where(ours(webhookId, leaseId));
}
