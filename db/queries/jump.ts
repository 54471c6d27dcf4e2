import { sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { type FoundCredential, like, tokenColumns } from "./support";

export type TokenSearch = {
  tenantIds: string[];
  /** A part of the name or of the hint, or a whole id; nothing where a hash is given. */
  search: string;
  tokenHash?: Buffer;
  /** Whose tokens come first. */
  nearest?: string;
  limit: number;
};

/** Tokens of some Tenants: those of the nearest, live ones, those that begin as the search does. */
export async function findTokensOfTenants(
  tx: Transaction,
  { tenantIds, search, tokenHash, nearest, limit }: TokenSearch,
): Promise<FoundCredential[]> {
  if (tenantIds.length === 0) return [];
  const ids = sql.join(
    tenantIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  const found = tokenHash
    ? sql`t.token_hash = decode(${tokenHash.toString("hex")}, 'hex')`
    : sql`(t.name ilike ${like(search)} or t.hint ilike ${like(search)} or t.id::text = lower(${search}))`;
  const rows = await tx.execute<FoundCredential>(sql`
    select * from (
      select ${tokenColumns} from tokens t join tenants n on n.id = t.tenant_id
      where t.tenant_id in (${ids}) and ${found}
    ) f
    order by "tenantId" is distinct from ${nearest ?? null}::uuid, status = 'Revoked', name ilike ${like(search).slice(1)} desc, lower(name), id
    limit ${limit}`);
  return [...rows];
}
