import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { clients, lastUses, tokens } from "../schema";
import { ended } from "./tokens";

export type LiveCredential = { name: string; lastUsedAt: Date | null };

const mostUsedRecently = sql`${lastUses.lastUsedAt} desc nulls last`;

/** A Tenant's tokens that are good now, the last used first. */
export function listGoodTokens(tx: Transaction, tenantId: string): Promise<LiveCredential[]> {
  return tx
    .select({ name: tokens.name, lastUsedAt: lastUses.lastUsedAt })
    .from(tokens)
    .leftJoin(lastUses, eq(lastUses.credentialId, tokens.id))
    .where(and(eq(tokens.tenantId, tenantId), tokens.active, sql`not ${ended}`))
    .orderBy(mostUsedRecently, desc(tokens.id));
}

/** A Tenant's clients that are good now, the last used first. */
export function listGoodClients(tx: Transaction, tenantId: string): Promise<LiveCredential[]> {
  return tx
    .select({ name: clients.name, lastUsedAt: lastUses.lastUsedAt })
    .from(clients)
    .leftJoin(lastUses, eq(lastUses.credentialId, clients.id))
    .where(and(eq(clients.tenantId, tenantId), clients.active, isNull(clients.revokedAt)))
    .orderBy(mostUsedRecently, desc(clients.id));
}
