import { and, desc, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { sessions, users } from "../schema";

export type SecretsRow = {
  id: string;
  email: string;
  passwordHash: string | null;
  totpCiphertext: Buffer | null;
  totpConfirmedAt: Date | null;
  recoveryCodeHashes: string[];
};

/** What a person proves themselves by; `lock` holds the row until the transaction ends. */
export async function findSecrets(
  tx: Transaction,
  userId: string,
  lock = false,
): Promise<SecretsRow | null> {
  const query = tx
    .select({
      id: users.id,
      email: users.email,
      passwordHash: users.passwordHash,
      totpCiphertext: users.totpCiphertext,
      totpConfirmedAt: users.totpConfirmedAt,
      recoveryCodeHashes: users.recoveryCodeHashes,
    })
    .from(users)
    .where(eq(users.id, userId));
  const rows = await (lock ? query.for("no key update") : query);
  return rows[0] ?? null;
}

/** Sets a password's hash. */
export async function updatePassword(tx: Transaction, userId: string, passwordHash: string) {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
}

/** Stores a TOTP seed that is yet to be confirmed, or none: two-step sign-in is off. */
export async function updateTotp(tx: Transaction, userId: string, ciphertext: Buffer | null) {
  await tx
    .update(users)
    .set({
      totpCiphertext: ciphertext,
      totpConfirmedAt: null,
      totpLastStep: null,
      recoveryCodeHashes: [],
    })
    .where(eq(users.id, userId));
}

/** Turns two-step sign-in on. */
export async function confirmTotp(tx: Transaction, userId: string, codeHashes: string[]) {
  await tx
    .update(users)
    .set({ totpConfirmedAt: sql`now()`, recoveryCodeHashes: codeHashes })
    .where(eq(users.id, userId));
}

/** Exchanges the recovery codes. */
export async function updateRecoveryCodes(tx: Transaction, userId: string, codeHashes: string[]) {
  await tx.update(users).set({ recoveryCodeHashes: codeHashes }).where(eq(users.id, userId));
}

/** Uses a step of 30 s up; false where it, or a later one, was used before (RFC 6238 section 5.2). */
export async function spendTotpStep(
  tx: Transaction,
  userId: string,
  step: number,
): Promise<boolean> {
  const unused = or(
    isNull(users.totpLastStep),
    sql`${users.totpLastStep}::bigint < ${step}::bigint`,
  );
  const rows = await tx
    .update(users)
    .set({ totpLastStep: String(step) })
    .where(and(eq(users.id, userId), unused))
    .returning({ id: users.id });
  return rows.length > 0;
}

/** Uses a recovery code up; returns how many are left, or null where it is none. */
export async function spendRecoveryCode(
  tx: Transaction,
  userId: string,
  codeHash: string,
): Promise<number | null> {
  const rows = await tx
    .update(users)
    .set({ recoveryCodeHashes: sql`array_remove(${users.recoveryCodeHashes}, ${codeHash})` })
    .where(and(eq(users.id, userId), sql`${codeHash} = any(${users.recoveryCodeHashes})`))
    .returning({ left: sql<number>`cardinality(${users.recoveryCodeHashes})` });
  return rows[0]?.left ?? null;
}

export type OpenSessionRow = {
  id: string;
  address: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
};

/** A person's sessions that are neither over nor idle for too long, last used first. */
export function listOpenSessions(
  tx: Transaction,
  userId: string,
  idleSeconds: number,
): Promise<OpenSessionRow[]> {
  return tx
    .select({
      id: sessions.id,
      address: sessions.address,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, sql`now() - make_interval(secs => ${idleSeconds})`),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
}

/** Ends sessions of a person: one, all but one, or all. Returns how many. */
export async function endSessionsOf(
  tx: Transaction,
  userId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const rows = await tx
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        which.only ? eq(sessions.id, which.only) : undefined,
        which.except ? ne(sessions.id, which.except) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  return rows.length;
}
