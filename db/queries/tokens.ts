import { and, count, desc, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { lastUses, tokens } from "../schema";

/** Whether a token is revoked by now, by the database's clock. */
export const ended = sql`(${tokens.revokedAt} is not null or coalesce(${tokens.revokeAt} <= statement_timestamp(), false))`;

/** What may leave the database: everything but the hash. Status is derived by the database's clock. */
export const tokenColumns = {
  id: tokens.id,
  tenantId: tokens.tenantId,
  name: tokens.name,
  hint: tokens.hint,
  scopes: tokens.scopes,
  active: tokens.active,
  status: sql<
    "Active" | "Inactive" | "Revoked"
  >`case when ${ended} then 'Revoked' when ${tokens.active} then 'Active' else 'Inactive' end`,
  createdAt: tokens.createdAt,
  revokeAt: tokens.revokeAt,
  revokedAt:
    sql<Date | null>`coalesce(${tokens.revokedAt}, case when ${ended} then ${tokens.revokeAt} end)`.mapWith(
      tokens.revokedAt,
    ),
  lastUsedAt:
    sql<Date | null>`(select ${lastUses.lastUsedAt} from ${lastUses} where ${lastUses.credentialId} = ${tokens.id})`.mapWith(
      lastUses.lastUsedAt,
    ),
  replaces: tokens.replaces,
  replacedBy: tokens.replacedBy,
};

export type TokenRow = Omit<typeof tokens.$inferSelect, "tokenHash"> & {
  status: "Active" | "Inactive" | "Revoked";
  lastUsedAt: Date | null;
};
export type NewToken = Pick<
  typeof tokens.$inferInsert,
  "id" | "tenantId" | "name" | "tokenHash" | "hint" | "scopes" | "active" | "replaces"
>;

/** Inserts a token and returns what may be shown of it. */
export async function insertToken(tx: Transaction, values: NewToken): Promise<TokenRow> {
  const rows = await tx.insert(tokens).values(values).returning(tokenColumns);
  return rows[0] as TokenRow;
}

/** One token of a Tenant, or null; `lock` holds its row until the transaction ends. */
export async function findToken(
  tx: Transaction,
  tenantId: string,
  id: string,
  lock = false,
): Promise<TokenRow | null> {
  const query = tx
    .select(tokenColumns)
    .from(tokens)
    .where(and(eq(tokens.tenantId, tenantId), eq(tokens.id, id)));
  const rows = await (lock ? query.for("no key update", { of: tokens }) : query);
  return rows[0] ?? null;
}

/** The Tenant of a token, for the command line, which names tokens by id alone. */
export async function findTenantOfToken(tx: Transaction, id: string): Promise<string | null> {
  const rows = await tx.select({ tenantId: tokens.tenantId }).from(tokens).where(eq(tokens.id, id));
  return rows[0]?.tenantId ?? null;
}

export type TokenFilter = {
  status?: "Active" | "Inactive" | "Revoked";
  /** Part of the name or of the hint. */
  search?: string;
  /** Id of the last token of the page before. */
  after?: string;
  limit?: number;
};

/** Tokens of a Tenant, newest first. */
export function listTokens(
  tx: Transaction,
  tenantId: string,
  filter: TokenFilter,
): Promise<TokenRow[]> {
  const conditions: (SQL | undefined)[] = [eq(tokens.tenantId, tenantId)];
  if (filter.status === "Revoked") conditions.push(ended);
  else if (filter.status)
    conditions.push(sql`not ${ended}`, eq(tokens.active, filter.status === "Active"));
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(or(ilike(tokens.name, pattern), ilike(tokens.hint, pattern)));
  }
  if (filter.after) {
    conditions.push(
      sql`(${tokens.createdAt}, ${tokens.id}) < (select p.created_at, p.id from ${tokens} p where p.id = ${filter.after} and p.tenant_id = ${tenantId})`,
    );
  }
  return tx
    .select(tokenColumns)
    .from(tokens)
    .where(and(...conditions))
    .orderBy(desc(tokens.createdAt), desc(tokens.id))
    .limit(filter.limit ?? 1000);
}

/** How many tokens a Tenant holds that are not revoked. */
export async function countLiveTokens(tx: Transaction, tenantId: string): Promise<number> {
  const rows = await tx
    .select({ live: count() })
    .from(tokens)
    .where(and(eq(tokens.tenantId, tenantId), sql`not ${ended}`));
  return rows[0]?.live ?? 0;
}

export type TokenChange = {
  name?: string;
  active?: boolean;
  replacedBy?: string;
  /** Revoke now. */
  revoked?: true;
  /** Revoke this many seconds from now, by the database's clock. */
  revokeInSeconds?: number;
};

/** Changes a token that the transaction has locked. */
export async function updateToken(
  tx: Transaction,
  tenantId: string,
  id: string,
  change: TokenChange,
): Promise<TokenRow> {
  const { revoked, revokeInSeconds, ...plain } = change;
  const rows = await tx
    .update(tokens)
    .set({
      ...plain,
      ...(revoked ? { revokedAt: sql`clock_timestamp()` } : {}),
      ...(revokeInSeconds === undefined
        ? {}
        : { revokeAt: sql`clock_timestamp() + make_interval(secs => ${revokeInSeconds})` }),
    })
    .where(and(eq(tokens.tenantId, tenantId), eq(tokens.id, id)))
    .returning(tokenColumns);
  return rows[0] as TokenRow;
}
