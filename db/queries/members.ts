import { and, asc, eq, inArray, isNull, max, ne, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { memberships, sessions, users } from "../schema";

export type MemberRow = {
  userId: string;
  email: string;
  name: string;
  role: "admin" | "viewer";
  disabledAt: Date | null;
  createdAt: Date;
};

const columns = {
  userId: users.id,
  email: users.email,
  name: users.name,
  role: memberships.role,
  disabledAt: users.disabledAt,
  createdAt: memberships.createdAt,
};

/** A Tenant's members by name. */
export function listMembers(tx: Transaction, tenantId: string): Promise<MemberRow[]> {
  return tx
    .select(columns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.tenantId, tenantId))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}

/** One member, or null. */
export async function findMember(
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<MemberRow | null> {
  const rows = await tx
    .select(columns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)));
  return rows[0] ?? null;
}

/** Whether a Tenant has an admin who can sign in, one person left aside. */
export async function hasOtherAdmin(
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<boolean> {
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.tenantId, tenantId),
        eq(memberships.role, "admin"),
        ne(memberships.userId, userId),
        isNull(users.disabledAt),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Changes what a member may do. */
export async function updateMemberRole(
  tx: Transaction,
  tenantId: string,
  userId: string,
  role: "admin" | "viewer",
): Promise<void> {
  await tx
    .update(memberships)
    .set({ role })
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)));
}

/** Adds a member; false where they are one already. */
export async function insertMember(
  tx: Transaction,
  values: { tenantId: string; userId: string; role: "admin" | "viewer" },
): Promise<boolean> {
  const rows = await tx
    .insert(memberships)
    .values(values)
    .onConflictDoNothing()
    .returning({ userId: memberships.userId });
  return rows.length > 0;
}

/** Takes a member away. */
export async function deleteMember(
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<void> {
  await tx
    .delete(memberships)
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)));
}

export type SafetyRow = { userId: string; totp: boolean; lastSeenAt: Date | null };

/** For each of some people: whether two-step sign-in is on, and when they were last here. */
export function describeSafety(tx: Transaction, userIds: string[]): Promise<SafetyRow[]> {
  return tx
    .select({
      userId: users.id,
      totp: sql<boolean>`${users.totpConfirmedAt} is not null`,
      lastSeenAt: max(sessions.lastSeenAt),
    })
    .from(users)
    .leftJoin(sessions, eq(sessions.userId, users.id))
    .where(inArray(users.id, userIds))
    .groupBy(users.id);
}
