import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { memberships, sessions, tenants, users } from "../schema";

/** What signing in needs to know of an account. */
export type Account = {
  id: string;
  email: string;
  passwordHash: string | null;
  disabledAt: Date | null;
};

/** The account of an e-mail address (in lower case), or null. */
export async function findAccount(tx: Transaction, email: string): Promise<Account | null> {
  const rows = await tx
    .select({
      id: users.id,
      email: users.email,
      passwordHash: users.passwordHash,
      disabledAt: users.disabledAt,
    })
    .from(users)
    .where(eq(users.email, email));
  return rows[0] ?? null;
}

export type NewSession = {
  id: string;
  sessionHash: Buffer;
  userId: string;
  address: string | null;
  userAgent: string | null;
};

/** Begins a session that lasts so many seconds at most, by the database's clock. */
export async function insertSession(
  tx: Transaction,
  values: NewSession,
  lifetimeSeconds: number,
): Promise<void> {
  await tx.insert(sessions).values({
    ...values,
    expiresAt: sql`now() + make_interval(secs => ${lifetimeSeconds})`,
  });
}

export type SessionRow = {
  id: string;
  userId: string;
  email: string;
  name: string;
  staffRole: "support" | "operator" | null;
  /** Whether `lastSeenAt` is old enough to be written again. */
  stale: boolean;
};

const alive = (idleSeconds: number) =>
  and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.lastSeenAt, sql`now() - make_interval(secs => ${idleSeconds})`),
  );

/** The session of a hash and its user, unless it has ended, expired or idled, or the user is disabled. */
export async function findSession(
  tx: Transaction,
  sessionHash: Buffer,
  idleSeconds: number,
): Promise<SessionRow | null> {
  const rows = await tx
    .select({
      id: sessions.id,
      userId: users.id,
      email: users.email,
      name: users.name,
      staffRole: users.staffRole,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(sessions.sessionHash, sessionHash), isNull(users.disabledAt), alive(idleSeconds)),
    );
  return rows[0] ?? null;
}

/** Notes that a session is in use. */
export async function touchSession(tx: Transaction, id: string): Promise<void> {
  await tx.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, id));
}

/** Ends a session; returns whose it was, or null where it had ended or never was. */
export async function endSession(
  tx: Transaction,
  sessionHash: Buffer,
): Promise<{ userId: string; email: string } | null> {
  const rows = await tx
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .from(users)
    .where(
      and(
        eq(sessions.sessionHash, sessionHash),
        isNull(sessions.endedAt),
        eq(users.id, sessions.userId),
      ),
    )
    .returning({ userId: users.id, email: users.email });
  return rows[0] ?? null;
}

export type MemberTenantRow = {
  tenantId: string;
  role: "admin" | "viewer";
  name: string;
  domain: string | null;
  status: "active" | "suspended" | "deleted";
};

/** The Tenants that a user belongs to, by name; deleted ones left out. */
export function listTenantsOfUser(tx: Transaction, userId: string): Promise<MemberTenantRow[]> {
  return tx
    .select({
      tenantId: memberships.tenantId,
      role: memberships.role,
      name: tenants.name,
      domain: tenants.domain,
      status: tenants.status,
    })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(and(eq(memberships.userId, userId), ne(tenants.status, "deleted")))
    .orderBy(tenants.name, tenants.id);
}
