import { onPlatform } from "@/db/client";
import { deleteExpiredJwts } from "@/db/queries/jwts";
import { deleteOutlivedKeys } from "@/db/queries/keys";
import { tryLock } from "@/db/queries/locks";
import { ensureKeys } from "@/lib/keys/ensure";
import { log } from "@/lib/log";
import { settings } from "@/lib/settings";

/** Seconds past its expiry for which a revoked JWT is remembered: more than any skew allowed. */
const grace = 60;

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
