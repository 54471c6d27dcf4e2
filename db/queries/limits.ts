import { sql } from "drizzle-orm";
import type { Transaction } from "../client";
import { rateWindows } from "../schema";

/**
 * Counts one more act of a Tenant in a window of so many seconds, by the database's clock. The
 * count stands once the transaction commits.
 * @returns how many there are in this window now, and the seconds that it lasts yet.
 */
export async function countInWindow(
  tx: Transaction,
  tenantId: string,
  action: string,
  seconds: number,
): Promise<{ count: number; secondsLeft: number }> {
  const ended = sql`${rateWindows.startedAt} <= now() - make_interval(secs => ${seconds})`;
  const rows = await tx
    .insert(rateWindows)
    .values({ tenantId, action, startedAt: sql`now()`, count: 1 })
    .onConflictDoUpdate({
      target: [rateWindows.tenantId, rateWindows.action],
      set: {
        count: sql`case when ${ended} then 1 else ${rateWindows.count} + 1 end`,
        startedAt: sql`case when ${ended} then now() else ${rateWindows.startedAt} end`,
      },
    })
    .returning({
      count: rateWindows.count,
      secondsLeft: sql<number>`ceil(extract(epoch from ${rateWindows.startedAt} + make_interval(secs => ${seconds}) - now()))::int`,
    });
  return rows[0] as { count: number; secondsLeft: number };
}
