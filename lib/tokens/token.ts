import type { TokenRow } from "@/db/queries/tokens";
import type { Token } from "@/lib/tokens/schema";

const iso = (time: Date | null) => time?.toISOString() ?? null;

/** A stored token as the product speaks of it. */
export function toToken(row: TokenRow): Token {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: iso(row.lastUsedAt),
    revokeAt: iso(row.revokeAt),
    revokedAt: iso(row.revokedAt),
  };
}
