import { writeUsage } from "@/db/queries/usage-flush";
import { findDatabaseUnavailable } from "@/db/unavailable";
import { log } from "@/lib/log";
import { settings } from "@/lib/settings";
import type { UsedCredential, UseOrigin } from "@/lib/usage/batch";
import { type Collector, createCollector } from "@/lib/usage/collector";
import { mergeLater } from "@/lib/usage/merge";
import type { RefusalReason, UsageOutcome } from "@/lib/usage/schema";

const key = Symbol.for("servicebroker.usage");
const shared = globalThis as { [key: symbol]: Collector | undefined };

/** One for the process, though Next's bundle and the server entry each load this module. */
function collector(): Collector {
  shared[key] ??= createCollector({
    write: async (flush) => {
      await writeUsage(flush);
      mergeLater();
    },
    isUnavailable: (error) => findDatabaseUnavailable(error) !== undefined,
    onError: (error) => log().warn({ err: error }, "usage is kept for the next flush"),
    now: () => performance.now(),
  });
  return shared[key];
}

/**
 * Counts a verification of a credential that we know. Costs a few map look-ups; never waits, never
 * throws. The database has it about a second later.
 */
export function recordUse(
  credential: UsedCredential,
  outcome: UsageOutcome,
  origin: UseOrigin,
): void {
  if (settings().BROKER_USAGE) collector().count(credential, outcome, origin);
}

/** Keeps a refused call for support: of a known credential counted too, of any other by address. */
export function recordRefusal(
  credential: UsedCredential | null,
  reason: RefusalReason,
  origin: UseOrigin,
): void {
  if (credential && reason !== "unknown" && reason !== "malformed") {
    recordUse(credential, reason, origin);
  } else if (settings().BROKER_USAGE) {
    collector().refuse(reason, origin);
  }
}

/** Writes all counts now: at a clean stop, once no call is under way. Whether all was written. */
export function flushUsage(deadlineMs = 3_000): Promise<boolean> {
  return shared[key]?.drain(deadlineMs) ?? Promise.resolve(true);
}
