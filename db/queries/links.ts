import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { oneTimeLinks, tenants, users } from "../schema";

const open = and(isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, sql`now()`));

export type NewLink = Pick<
  typeof oneTimeLinks.$inferInsert,
  "id" | "kind" | "linkHash" | "email" | "tenantId" | "role" | "userId" | "createdBy"
>;

/** Stores a link that holds for so many seconds, by the database's clock; returns its end. */
export async function insertLink(tx: Transaction, values: NewLink, seconds: number): Promise<Date> {
  const rows = await tx
    .insert(oneTimeLinks)
    .values({ ...values, expiresAt: sql`now() + make_interval(secs => ${seconds})` })
    .returning({ expiresAt: oneTimeLinks.expiresAt });
  return rows[0]?.expiresAt as Date;
}

export type InvitationRow = {
  id: string;
  email: string;
  role: "admin" | "viewer" | null;
  tenantId: string | null;
  tenantName: string;
  tenantStatus: "active" | "suspended" | "deleted";
  inviterName: string | null;
  createdAt: Date;
  expiresAt: Date;
};

const invitationColumns = {
  id: oneTimeLinks.id,
  email: oneTimeLinks.email,
  role: oneTimeLinks.role,
  tenantId: oneTimeLinks.tenantId,
  tenantName: tenants.name,
  tenantStatus: tenants.status,
  inviterName: users.name,
  createdAt: oneTimeLinks.createdAt,
  expiresAt: oneTimeLinks.expiresAt,
};

const invitations = (tx: Transaction) =>
  tx
    .select(invitationColumns)
    .from(oneTimeLinks)
    .innerJoin(tenants, eq(tenants.id, oneTimeLinks.tenantId))
    .leftJoin(users, eq(users.id, oneTimeLinks.createdBy));

const isInvitation = eq(oneTimeLinks.kind, "invitation");

/** The open invitation of a link, or null. */
export async function findInvitation(
  tx: Transaction,
  linkHash: Buffer,
): Promise<InvitationRow | null> {
  const rows = await invitations(tx).where(
    and(eq(oneTimeLinks.linkHash, linkHash), isInvitation, open),
  );
  return rows[0] ?? null;
}

/** The open invitations of a Tenant, newest first. */
export function listInvitations(tx: Transaction, tenantId: string): Promise<InvitationRow[]> {
  return invitations(tx)
    .where(and(eq(oneTimeLinks.tenantId, tenantId), isInvitation, open))
    .orderBy(desc(oneTimeLinks.createdAt));
}

/** The open invitations of a person. */
export function listInvitationsOf(tx: Transaction, email: string): Promise<InvitationRow[]> {
  return invitations(tx)
    .where(and(eq(oneTimeLinks.email, email), isInvitation, open))
    .orderBy(oneTimeLinks.tenantId);
}

/** Whose password an open link lets one set, or null. */
export async function findPasswordReset(
  tx: Transaction,
  linkHash: Buffer,
): Promise<{ id: string; userId: string; email: string } | null> {
  const rows = await tx
    .select({ id: oneTimeLinks.id, userId: users.id, email: users.email })
    .from(oneTimeLinks)
    .innerJoin(users, eq(users.id, oneTimeLinks.userId))
    .where(
      and(
        eq(oneTimeLinks.linkHash, linkHash),
        eq(oneTimeLinks.kind, "password-reset"),
        isNull(users.disabledAt),
        open,
      ),
    );
  return rows[0] ?? null;
}

/** Uses a link up; false where it was used, withdrawn or over. Only one of many at once gets true. */
export async function spendLink(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx
    .update(oneTimeLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(oneTimeLinks.id, id), open))
    .returning({ id: oneTimeLinks.id });
  return rows.length > 0;
}

/** Withdraws the open invitations of a Tenant that have an id or an e-mail; returns them. */
export async function deleteInvitations(
  tx: Transaction,
  tenantId: string,
  which: { id: string } | { email: string },
): Promise<{ id: string; email: string; role: "admin" | "viewer" | null }[]> {
  const chosen =
    "id" in which ? eq(oneTimeLinks.id, which.id) : eq(oneTimeLinks.email, which.email);
  return tx
    .delete(oneTimeLinks)
    .where(
      and(eq(oneTimeLinks.tenantId, tenantId), isInvitation, chosen, isNull(oneTimeLinks.usedAt)),
    )
    .returning({ id: oneTimeLinks.id, email: oneTimeLinks.email, role: oneTimeLinks.role });
}

/** Makes every open password reset of a person void, one left aside. */
export async function deletePasswordResets(
  tx: Transaction,
  userId: string,
  { except }: { except?: string } = {},
): Promise<void> {
  await tx
    .delete(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.userId, userId),
        eq(oneTimeLinks.kind, "password-reset"),
        isNull(oneTimeLinks.usedAt),
        except ? ne(oneTimeLinks.id, except) : undefined,
      ),
    );
}
