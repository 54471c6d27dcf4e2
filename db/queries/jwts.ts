import { sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { revokedJwts } from "../schema";

/**
 * Notes a JWT as revoked until it would have expired.
 * @returns false where it had been before.
 */
export async function insertRevokedJwt(
  tx: Transaction,
  values: { jti: string; tenantId: string; expiresAt: Date },
): Promise<boolean> {
  const rows = await tx
    .insert(revokedJwts)
    .values(values)
    .onConflictDoNothing()
    .returning({ jti: revokedJwts.jti });
  return rows.length > 0;
}

/**
 * Forgets revoked JWTs that have expired: `seconds` ago at least, so that no clock skew that
 * verification allows brings one back. @returns how many went.
 */
export async function deleteExpiredJwts(tx: Transaction, seconds: number): Promise<number> {
  const rows = await tx
    .delete(revokedJwts)
    .where(sql`${revokedJwts.expiresAt} < now() - make_interval(secs => ${seconds})`)
    .returning({ jti: revokedJwts.jti });
  return rows.length;
}
