import { and, eq } from "drizzle-orm";
import type { Transaction } from "../client";
import { userIdentities, users } from "../schema";

export type IdentityUser = { id: string; email: string; disabledAt: Date | null };

/** Whom an account at a provider signs in, or null. */
export async function findUserByIdentity(
  tx: Transaction,
  issuer: string,
  subject: string,
): Promise<IdentityUser | null> {
  const rows = await tx
    .select({ id: users.id, email: users.email, disabledAt: users.disabledAt })
    .from(userIdentities)
    .innerJoin(users, eq(users.id, userIdentities.userId))
    .where(and(eq(userIdentities.issuer, issuer), eq(userIdentities.subject, subject)));
  return rows[0] ?? null;
}

/** Whether a user has an account at a provider already. */
export async function hasIdentity(
  tx: Transaction,
  issuer: string,
  userId: string,
): Promise<boolean> {
  const rows = await tx
    .select({ subject: userIdentities.subject })
    .from(userIdentities)
    .where(and(eq(userIdentities.issuer, issuer), eq(userIdentities.userId, userId)))
    .limit(1);
  return rows.length > 0;
}

/** Links an account at a provider to a user; false where it is linked already. */
export async function insertIdentity(
  tx: Transaction,
  values: { issuer: string; subject: string; userId: string },
): Promise<boolean> {
  const rows = await tx
    .insert(userIdentities)
    .values(values)
    .onConflictDoNothing()
    .returning({ userId: userIdentities.userId });
  return rows.length > 0;
}
