import { onPlatform } from "@/db/client";
import { type ExpiringTable, expiringTables, removeExpired } from "@/db/queries/expired";
import { deleteExpiredJwts } from "@/db/queries/jwts";
import { deleteOutlivedKeys } from "@/db/queries/keys";
import { tryLock } from "@/db/queries/locks";
import { ensureKeys } from "@/lib/keys/ensure";
import { log } from "@/lib/log";
import { settings } from "@/lib/settings";

/** Seconds past its expiry for which a revoked JWT is remembered: more than any skew allowed. */
const grace = 60;

/** Rows of one transaction, and transactions of one table in one run. */
const batch = 2_000;
const mostBatches = 20;

/**
 * Removes answers kept for an `Idempotency-Key` after 24 hours, one-time links and sessions 30 days
 * after their end (but the last session of each person), and counts of sign-in attempts. Instances
 * that do so at once pass over each other's rows.
 * @returns how many rows went, by table.
 */
export async function sweepExpired(): Promise<Record<ExpiringTable, number>> {
  const gone = {} as Record<ExpiringTable, number>;
  for (const table of expiringTables) {
    gone[table] = 0;
    for (let round = 0; round < mostBatches; round++) {
      const rows = await onPlatform((tx) => removeExpired(tx, table, batch));
      gone[table] += rows;
      if (rows < batch) break;
    }
  }
  return gone;
}

/**
 * Forgets what has expired and makes the next signing key where it is missing. Of instances that
 * do so at once, one does it.
 * @returns how many rows went; null where another instance was at it.
 */
export async function keepHouse(): Promise<{ jwts: number; keys: number } | null> {
  const gone = await onPlatform(async (tx) => {
    if (!(await tryLock(tx, "housekeeping"))) return null;
    return { jwts: await deleteExpiredJwts(tx, grace), keys: await deleteOutlivedKeys(tx) };
  });
  if (gone) await ensureKeys();
  return gone;
}

/** Keeps house now and then until the returned function is called. A failure waits for next time. */
export function startHousekeeping(): () => void {
  const run = () =>
    keepHouse().catch((error) => log().warn({ err: error }, "housekeeping failed; will try again"));
  void run();
  const timer = setInterval(run, settings().BROKER_HOUSEKEEPING_SECONDS * 1000);
  timer.unref();
  return () => clearInterval(timer);
}
