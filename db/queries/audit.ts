import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { auditChains, auditEvents } from "../schema";

export type AuditEventRow = typeof auditEvents.$inferSelect;
export type ChainHead = { sequence: number; hash: Buffer; now: Date };

const noPredecessor = Buffer.alloc(32);

/**
 * Locks the end of a Tenant's chain and reads the database's clock, so that events of one Tenant
 * are written one after the other and their times follow their order.
 */
export async function lockChain(tx: Transaction, tenantId: string): Promise<ChainHead> {
  await tx.insert(auditChains).values({ tenantId, hash: noPredecessor }).onConflictDoNothing();
  const rows = await tx
    .select({ sequence: auditChains.sequence, hash: auditChains.hash })
    .from(auditChains)
    .where(eq(auditChains.tenantId, tenantId))
    .for("update");
  const clock = await tx.execute<{ now: string }>(
    sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  );
  const head = rows[0] as { sequence: number; hash: Buffer };
  return { ...head, now: new Date(clock[0]?.now as string) };
}

/** Appends an event to a chain that `lockChain` holds. */
export async function appendEvent(tx: Transaction, event: AuditEventRow): Promise<void> {
  await tx.insert(auditEvents).values(event);
  await tx
    .update(auditChains)
    .set({ sequence: event.sequence, hash: event.hash })
    .where(eq(auditChains.tenantId, event.tenantId));
}
