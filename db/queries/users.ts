import { and, asc, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { memberships, sessions, users } from "../schema";

const columns = {
  id: users.id,
  email: users.email,
  name: users.name,
  staffRole: users.staffRole,
  disabledAt: users.disabledAt,
  createdAt: users.createdAt,
};

export type UserRow = Pick<typeof users.$inferSelect, keyof typeof columns>;
export type MembershipRow = typeof memberships.$inferSelect;

/** Inserts a user; null when the e-mail is taken. */
export async function insertUser(
  tx: Transaction,
  values: typeof users.$inferInsert,
): Promise<UserRow | null> {
  const rows = await tx.insert(users).values(values).onConflictDoNothing().returning(columns);
  return rows[0] ?? null;
}

/** One user by e-mail (in lower case), or null. */
export async function findUserByEmail(tx: Transaction, email: string): Promise<UserRow | null> {
  const rows = await tx.select(columns).from(users).where(eq(users.email, email));
  return rows[0] ?? null;
}

/** Whether anybody can sign in at all. */
export async function anyUser(tx: Transaction): Promise<boolean> {
  const rows = await tx.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

/** Adds a membership, or changes its role. */
export async function putMembership(
  tx: Transaction,
  values: { tenantId: string; userId: string; role: "admin" | "viewer" },
): Promise<void> {
  await tx
    .insert(memberships)
    .values(values)
    .onConflictDoUpdate({
      target: [memberships.tenantId, memberships.userId],
      set: { role: values.role },
    });
}

/** A user's memberships, oldest first. */
export function listMembershipsOfUser(tx: Transaction, userId: string): Promise<MembershipRow[]> {
  return tx
    .select()
    .from(memberships)
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.createdAt));
}

/** Disables a user and ends every session of theirs; null when there is none or it was disabled. */
export async function disableUser(tx: Transaction, userId: string): Promise<UserRow | null> {
  const rows = await tx
    .update(users)
    .set({ disabledAt: sql`now()` })
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
    .returning(columns);
  await tx
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)));
  return rows[0] ?? null;
}

/** One user, or null. */
export async function findUser(tx: Transaction, userId: string): Promise<UserRow | null> {
  const rows = await tx.select(columns).from(users).where(eq(users.id, userId));
  return rows[0] ?? null;
}

/** Members of staff, by name. */
export function listStaff(tx: Transaction): Promise<UserRow[]> {
  return tx
    .select(columns)
    .from(users)
    .where(isNotNull(users.staffRole))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}

/** Whether there is an operator who can sign in, one person left aside. */
export async function hasOtherOperator(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.staffRole, "operator"), ne(users.id, userId), isNull(users.disabledAt)))
    .limit(1);
  return rows.length > 0;
}

/** Lets a user in again; null when there is none or it was not disabled. */
export async function enableUser(tx: Transaction, userId: string): Promise<UserRow | null> {
  const rows = await tx
    .update(users)
    .set({ disabledAt: null })
    .where(and(eq(users.id, userId), isNotNull(users.disabledAt)))
    .returning(columns);
  return rows[0] ?? null;
}
