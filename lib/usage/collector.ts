import type { UsageFlush } from "@/db/queries/usage-flush";
import {
  type BatchLimits,
  batchLimits,
  UsageBatch,
  type UsedCredential,
  type UseOrigin,
} from "@/lib/usage/batch";
import { createBudget } from "@/lib/usage/budget";
import type { RefusalReason, UsageOutcome } from "@/lib/usage/schema";

/** Slightly under a second, so that a flush has landed when the second is over. */
const intervalMs = 900;
/** Refused calls a minute that are kept one by one: of one credential, of one unknown address. */
const keptOfCredential = 600;
const keptOfAddress = 60;

export type CollectorOptions = {
  /** Writes a flush, once for each id. */
  write: (flush: UsageFlush) => Promise<void>;
  /** Whether an error says that the database is away, and not that the flush is at fault. */
  isUnavailable: (error: unknown) => boolean;
  onError: (error: unknown) => void;
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
  limits?: BatchLimits;
};

/**
 * Collects counts in memory and writes them about once a second, in parts. Counting is a few map
 * look-ups and no promise. A part that fails keeps its counts and its id and is tried again before
 * anything later; meanwhile the next batch takes what comes, within its limits.
 */
export function createCollector(options: CollectorOptions) {
  const { write, isUnavailable, onError, now, limits = batchLimits } = options;
  const budget = createBudget(now);
  let open = new UsageBatch(limits);
  let closed: UsageBatch | null = null;
  let attempt: Promise<void> | null = null;
  let details = true;
  let timer: NodeJS.Timeout | null = null;

  const arm = () => {
    timer ??= setTimeout(() => {
      timer = null;
      void flush().then(() => {
        if (closed !== null || !open.isEmpty) arm();
      });
    }, intervalMs).unref();
  };

  const send = async (batch: UsageBatch) => {
    try {
      for (;;) {
        const next = batch.nextFlush(now(), details);
        if (!next) break;
        await write(next);
        batch.wasWritten();
        details = true;
      }
      closed = null;
    } catch (error) {
      // Something in the details may be what the database refuses: counts alone next time.
      if (!isUnavailable(error)) details = false;
      onError(error);
    }
  };

  /** Writes what there is; one flush at a time. Never rejects. */
  function flush(): Promise<void> {
    if (attempt) return attempt;
    if (closed === null) {
      if (open.isEmpty) return Promise.resolve();
      closed = open;
      closed.closedAt = now();
      open = new UsageBatch(limits);
    }
    attempt = send(closed).finally(() => {
      attempt = null;
    });
    return attempt;
  }

  return {
    flush,
    /** Counts a verification of a known credential; a refused one is kept for support too. */
    count(credential: UsedCredential, outcome: UsageOutcome, origin: UseOrigin): void {
      open.count(credential, outcome, origin);
      if (outcome !== "accepted" && budget.take(credential.credentialId, keptOfCredential)) {
        open.refuse(credential, outcome, origin, now());
      }
      if (timer === null) arm();
    },
    /** Keeps a refused call of a credential that is none of ours, by address. */
    refuse(reason: RefusalReason, origin: UseOrigin): void {
      if (!budget.take(origin.address ?? "", keptOfAddress)) return;
      open.refuse(null, reason, origin, now());
      if (timer === null) arm();
    },
    /** Writes all that was counted, trying again until `deadlineMs` have gone. Whether all is written. */
    async drain(deadlineMs: number): Promise<boolean> {
      const until = now() + deadlineMs;
      for (;;) {
        await flush();
        if (closed === null && open.isEmpty) return true;
        if (closed === null) continue;
        if (now() >= until) return false;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

export type Collector = ReturnType<typeof createCollector>;
