import type { Transaction } from "@/db/client";
import { countInWindow } from "@/db/queries/limits";
import { AppError } from "@/lib/errors";
import { settings } from "@/lib/settings";

/**
 * Counts a token that a Tenant is about to be issued, in the transaction that makes it.
 * @throws AppError `too_many_requests` once it has had as many within a minute as it may.
 */
export async function limitIssuance(tx: Transaction, tenantId: string): Promise<void> {
  const most = settings().BROKER_TOKENS_ISSUED_PER_MINUTE;
  if (most === 0) return;
  const { count, secondsLeft } = await countInWindow(tx, tenantId, "token.issued", 60);
  if (count <= most) return;
  throw new AppError(
    "too_many_requests",
    `This Tenant was issued ${most} tokens within a minute, the most it may.`,
    { retryAfter: Math.max(1, secondsLeft) },
  );
}
