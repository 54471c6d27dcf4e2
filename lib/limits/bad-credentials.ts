import cluster from "node:cluster";
import ipaddr from "ipaddr.js";
import {
  RateLimiterCluster,
  RateLimiterClusterMaster,
  RateLimiterMemory,
  type RateLimiterRes,
} from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { settings } from "@/lib/settings";

type Limiter = {
  counts: RateLimiterMemory | RateLimiterCluster;
  /** Addresses known to be over their limit, until when: they cost the supervisor nothing more. */
  over: Map<string, number>;
};

const windowSeconds = 60;
const mostRemembered = 10_000;
const key = Symbol.for("servicebroker.bad-credentials");
const shared = globalThis as { [key: symbol]: Limiter | undefined };

/** In the supervisor: keeps the counts of all its workers, so that the limit is one for all. */
export function keepLimits(): void {
  new RateLimiterClusterMaster();
}

/**
 * Counts a credential that names nothing of ours. Call it for malformed, unknown and wrong ones
 * only: a good one always passes, and a revoked one always gets its 401.
 * @returns nothing to wait for where no limit applies: none is set, or the address isn't known.
 * @throws AppError `too_many_requests` beyond the limit of the address.
 */
export function countBadCredential(address: string | null): Promise<void> | undefined {
  const most = settings().BROKER_BAD_CREDENTIALS_PER_MINUTE;
  if (most === 0 || address === null) return undefined;
  return count(sourceOf(address), most);
}

async function count(source: string, most: number): Promise<void> {
  shared[key] ??= makeLimiter(most);
  const { counts, over } = shared[key];
  const until = over.get(source);
  if (until !== undefined) {
    const left = until - Date.now();
    if (left > 0) throw tooMany(left);
    over.delete(source);
  }
  try {
    await counts.consume(source);
  } catch (refused) {
    // Not by class: the other module graph may have made it. Without an answer from the
    // supervisor a 401 stays one.
    const { msBeforeNext } = refused as Partial<RateLimiterRes>;
    if (msBeforeNext === undefined) return;
    if (over.size >= mostRemembered) over.clear();
    over.set(source, Date.now() + msBeforeNext);
    throw tooMany(msBeforeNext);
  }
}

function makeLimiter(points: number): Limiter {
  const options = { keyPrefix: "bad-credentials", points, duration: windowSeconds };
  const counts = cluster.isWorker
    ? new RateLimiterCluster({ ...options, timeoutMs: 1_000 })
    : new RateLimiterMemory(options);
  return { counts, over: new Map() };
}

const tooMany = (ms: number) =>
  new AppError("too_many_requests", "Too many bad credentials from this address.", {
    retryAfter: Math.max(1, Math.ceil(ms / 1000)),
  });

/** An IPv4 address, or the /64 of an IPv6 one: whoever has one address there has them all. */
export function sourceOf(address: string): string {
  if (!address.includes(":")) return address;
  const parsed = ipaddr.parse(address) as ipaddr.IPv6;
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}
