import { and, eq, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { PgTable, PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Transaction } from "../client";
import {
  clientSecrets,
  clients,
  memberships,
  revokedJwts,
  tenants,
  tokens,
  users,
  webhooks,
} from "../schema";

/** Changes rows; whether there was anything to change. */
async function change<T extends PgTable>(
  tx: Transaction,
  table: T,
  values: PgUpdateSetSource<T>,
  where: SQL | undefined,
): Promise<boolean> {
  const rows = await tx.update(table).set(values).where(where).returning({ one: sql`1` });
  return rows.length > 0;
}

const now = sql`now()`;

/** Suspends or deletes a Tenant, or sets its AuthType; one that is deleted stays as it is. */
export function restrictTenant(
  tx: Transaction,
  id: string,
  to: { status?: "suspended" | "deleted"; authType?: "SystemAccessToken" | "JWT" | "Any" },
): Promise<boolean> {
  const { status, authType } = to;
  const differs = or(
    status && ne(tenants.status, status),
    authType && ne(tenants.authType, authType),
  );
  return change(
    tx,
    tenants,
    { ...to, ...(status ? { statusChangedAt: now } : {}), updatedAt: now },
    and(eq(tenants.id, id), ne(tenants.status, "deleted"), differs),
  );
}

const liveToken = (id: string) => and(eq(tokens.id, id), isNull(tokens.revokedAt));

export const stopToken = (tx: Transaction, id: string) =>
  change(tx, tokens, { revokedAt: now }, liveToken(id));

export const deactivateToken = (tx: Transaction, id: string) =>
  change(tx, tokens, { active: false }, and(liveToken(id), eq(tokens.active, true)));

/** Lets a token end at a time, or when it ends anyway if that is earlier. */
export const endTokenAt = (tx: Transaction, id: string, at: string) =>
  change(
    tx,
    tokens,
    { revokeAt: sql`least(${tokens.revokeAt}, ${at}::timestamptz)` },
    and(liveToken(id), or(isNull(tokens.revokeAt), sql`${tokens.revokeAt} > ${at}::timestamptz`)),
  );

const liveClient = (id: string) => and(eq(clients.clientId, id), isNull(clients.revokedAt));

export const stopClient = (tx: Transaction, id: string) =>
  change(tx, clients, { revokedAt: now }, liveClient(id));

export const deactivateClient = (tx: Transaction, id: string) =>
  change(tx, clients, { active: false }, and(liveClient(id), eq(clients.active, true)));

export const stopSecret = (tx: Transaction, id: string) =>
  change(
    tx,
    clientSecrets,
    { retiredAt: now },
    and(eq(clientSecrets.id, id), isNull(clientSecrets.retiredAt)),
  );

/** Remembers a JWT as revoked, unless it has expired. */
export async function stopJwt(
  tx: Transaction,
  jwt: { jti: string; tenantId: string; expiresAt: string },
): Promise<boolean> {
  const rows = await tx
    .insert(revokedJwts)
    .values({ ...jwt, expiresAt: new Date(jwt.expiresAt) })
    .onConflictDoNothing()
    .returning({ jti: revokedJwts.jti });
  return rows.length > 0;
}

export const stopWebhook = (tx: Transaction, id: string, removed: boolean) =>
  change(
    tx,
    webhooks,
    { active: false, ...(removed ? { removedAt: now } : {}) },
    and(
      eq(webhooks.id, id),
      isNull(webhooks.removedAt),
      removed ? undefined : eq(webhooks.active, true),
    ),
  );

const membership = (tenantId: string, userId: string) =>
  and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId));

export async function stopMember(
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<boolean> {
  const rows = await tx
    .delete(memberships)
    .where(membership(tenantId, userId))
    .returning({ userId: memberships.userId });
  return rows.length > 0;
}

export const demoteMember = (tx: Transaction, tenantId: string, userId: string) =>
  change(
    tx,
    memberships,
    { role: "viewer" },
    and(membership(tenantId, userId), ne(memberships.role, "viewer")),
  );

export const stopUser = (tx: Transaction, id: string) =>
  change(tx, users, { disabledAt: now }, and(eq(users.id, id), isNull(users.disabledAt)));

/** Voids a password: another one is set by a link. */
export const voidPassword = (tx: Transaction, id: string) =>
  change(
    tx,
    users,
    { passwordHash: null, recoveryCodeHashes: [] },
    and(
      eq(users.id, id),
      or(sql`${users.passwordHash} is not null`, sql`${users.recoveryCodeHashes} <> '{}'`),
    ),
  );

export const voidRecoveryCodes = (tx: Transaction, id: string) =>
  change(
    tx,
    users,
    { recoveryCodeHashes: [] },
    and(eq(users.id, id), sql`${users.recoveryCodeHashes} <> '{}'`),
  );

export type StoppedOfTenant = { tenantId: string; name: string; tokens: number; clients: number };

/**
 * Revokes every token and client, and switches every webhook off and every person.
 * @returns how many of each Tenant, those with none left out, and how many people.
 */
export async function stopAll(
  tx: Transaction,
): Promise<{ tenants: StoppedOfTenant[]; people: number }> {
  const stopped = await tx
    .update(tokens)
    .set({ revokedAt: now })
    .where(isNull(tokens.revokedAt))
    .returning({ tenantId: tokens.tenantId });
  const alsoStopped = await tx
    .update(clients)
    .set({ revokedAt: now })
    .where(isNull(clients.revokedAt))
    .returning({ tenantId: clients.tenantId });
  await tx.update(webhooks).set({ active: false }).where(eq(webhooks.active, true));
  const people = await tx
    .update(users)
    .set({ disabledAt: now })
    .where(isNull(users.disabledAt))
    .returning({ id: users.id });
  const count = (rows: { tenantId: string }[]) =>
    rows.reduce(
      (sums, { tenantId }) => sums.set(tenantId, (sums.get(tenantId) ?? 0) + 1),
      new Map<string, number>(),
    );
  const [ofTokens, ofClients] = [count(stopped), count(alsoStopped)];
  const ids = [...new Set([...ofTokens.keys(), ...ofClients.keys()])].sort();
  const named = ids.length
    ? await tx
        .select({ id: tenants.id, name: tenants.name })
        .from(tenants)
        .where(inArray(tenants.id, ids))
    : [];
  const nameOf = new Map(named.map(({ id, name }) => [id, name]));
  return {
    people: people.length,
    tenants: ids.map((tenantId) => ({
      tenantId,
      name: nameOf.get(tenantId) ?? "",
      tokens: ofTokens.get(tenantId) ?? 0,
      clients: ofClients.get(tenantId) ?? 0,
    })),
  };
}
