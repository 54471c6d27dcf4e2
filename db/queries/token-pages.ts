import { and, asc, desc, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { lastUses, tokens } from "../schema";
import { ended, type TokenRow, tokenColumns } from "./tokens";

export type TokenPageQuery = {
  status?: "Active" | "Inactive" | "Revoked";
  /** Part of the name or of the hint, or a whole id. */
  search?: string;
  sort: "name" | "created" | "used";
  descending: boolean;
  /** Id of the last token of the page before. */
  after?: string;
  /** Id of the first token of the page behind. */
  before?: string;
  limit: number;
};

export type TokenPageRows = {
  rows: TokenRow[];
  /** Tokens by status among those that the search finds. */
  counts: { Active: number; Inactive: number; Revoked: number };
  /** How many come before the first row. */
  skipped: number;
};

const used = sql`coalesce((select ${lastUses.lastUsedAt} from ${lastUses} where ${lastUses.credentialId} = ${tokens.id}), '-infinity')`;
const sortKeys = { name: sql`lower(${tokens.name})`, created: sql`${tokens.createdAt}`, used };

/** A page of a Tenant's tokens by keyset in any order, with what is needed to page and to filter. */
export async function pageTokens(
  tx: Transaction,
  tenantId: string,
  query: TokenPageQuery,
): Promise<TokenPageRows> {
  const key = sortKeys[query.sort];
  const found = and(eq(tokens.tenantId, tenantId), matches(query.search));
  const filtered = and(found, hasStatus(query.status));
  // A page before something is read backwards from it.
  const backwards = query.before !== undefined;
  const descending = query.descending !== backwards;
  const from = query.before ?? query.after;
  const rows = await tx
    .select(tokenColumns)
    .from(tokens)
    .where(and(filtered, from ? beyond(key, tenantId, from, descending) : undefined))
    .orderBy(descending ? desc(key) : asc(key), descending ? desc(tokens.id) : asc(tokens.id))
    .limit(query.limit);
  if (backwards) rows.reverse();
  const counts = await countTokens(tx, found);
  const first = rows[0];
  const skipped = first
    ? await tx.$count(tokens, and(filtered, beyond(key, tenantId, first.id, !query.descending)))
    : 0;
  return { rows, counts, skipped };
}

function matches(search: string | undefined): SQL | undefined {
  if (!search) return undefined;
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(tokens.name, pattern),
    ilike(tokens.hint, pattern),
    sql`${tokens.id}::text = lower(${search})`,
  );
}

function hasStatus(status: TokenPageQuery["status"]): SQL | undefined {
  if (!status) return undefined;
  if (status === "Revoked") return ended;
  return and(sql`not ${ended}`, eq(tokens.active, status === "Active"));
}

/** Rows behind a given one in an order. */
function beyond(key: SQL, tenantId: string, id: string, descending: boolean): SQL {
  const pivot = sql`(select ${key}, ${tokens.id} from ${tokens} where ${tokens.id} = ${id} and ${tokens.tenantId} = ${tenantId})`;
  return descending
    ? sql`(${key}, ${tokens.id}) < ${pivot}`
    : sql`(${key}, ${tokens.id}) > ${pivot}`;
}

/** How many tokens of a Tenant have each status. */
export const countTokensByStatus = (tx: Transaction, tenantId: string) =>
  countTokens(tx, eq(tokens.tenantId, tenantId));

async function countTokens(tx: Transaction, found: SQL | undefined) {
  const rows = await tx
    .select({ status: tokenColumns.status, count: sql<number>`count(*)::int` })
    .from(tokens)
    .where(found)
    .groupBy(tokenColumns.status);
  const counts = { Active: 0, Inactive: 0, Revoked: 0 };
  for (const row of rows) counts[row.status] = row.count;
  return counts;
}
