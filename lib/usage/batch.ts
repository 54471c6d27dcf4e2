import { v7 as uuidv7 } from "uuid";
import type { UsageFlush } from "@/db/queries/usage-flush";
import { clipped, longestUserAgent } from "@/lib/text";
import type { RefusalReason, UsageOutcome } from "@/lib/usage/schema";

/** A credential that the database knows. */
export type UsedCredential = {
  kind: "token" | "client";
  credentialId: string;
  tenantId: string;
};
/** Where a call came from. */
export type UseOrigin = { requestId: string; address: string | null; userAgent: string | null };

/** How much one batch may hold: what is beyond is added up more coarsely, or left out. */
export type BatchLimits = {
  /** Credentials; the calls of others count for their Tenant alone. */
  credentials: number;
  /** Sources of one credential; others are added up under the address `*`. */
  sources: number;
  /** Sources of all credentials. */
  allSources: number;
  /** Refused calls that are kept one by one; the counts hold all. */
  refusals: number;
};
export const batchLimits: BatchLimits = {
  credentials: 20_000,
  sources: 20,
  allSources: 20_000,
  refusals: 500,
};

type Tally = Partial<Record<UsageOutcome, number>>;
type Source = { address: string; userAgent: string; count: number };
type Use = { credential: UsedCredential; tally: Tally; sources: Map<string, Source> };
type RefusedNote = {
  credential: UsedCredential | null;
  reason: RefusalReason;
  origin: UseOrigin;
  at: number;
};

/** Address that stands for sources which are added up. */
export const otherSources = "*";
const longestAddress = 64;

/** Counts of about a second, in memory. Times are milliseconds of a clock that never jumps. */
export class UsageBatch {
  readonly id = uuidv7();
  readonly #uses = new Map<string, Use>();
  readonly #overflow = new Map<string, Tally>();
  readonly #refusals: RefusedNote[] = [];
  readonly #limits: BatchLimits;
  #sources = 0;
  /** When the batch took its last call; 0 while it is open. */
  closedAt = 0;

  constructor(limits: BatchLimits = batchLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#uses.size === 0 && this.#overflow.size === 0 && this.#refusals.length === 0;
  }

  count(credential: UsedCredential, outcome: UsageOutcome, origin: UseOrigin): void {
    let use = this.#uses.get(credential.credentialId);
    if (!use) {
      if (this.#uses.size >= this.#limits.credentials) {
        this.#spill(credential, outcome);
        return;
      }
      use = { credential, tally: {}, sources: new Map() };
      this.#uses.set(credential.credentialId, use);
    }
    use.tally[outcome] = (use.tally[outcome] ?? 0) + 1;
    this.#see(use, origin);
  }

  refuse(
    credential: UsedCredential | null,
    reason: RefusalReason,
    origin: UseOrigin,
    at: number,
  ): void {
    if (this.#refusals.length < this.#limits.refusals) {
      this.#refusals.push({ credential, reason, origin, at });
    }
  }

  #spill({ tenantId }: UsedCredential, outcome: UsageOutcome): void {
    let tally = this.#overflow.get(tenantId);
    if (!tally) {
      if (this.#overflow.size >= this.#limits.credentials) return;
      tally = {};
      this.#overflow.set(tenantId, tally);
    }
    tally[outcome] = (tally[outcome] ?? 0) + 1;
  }

  #see(use: Use, origin: UseOrigin): void {
    const { address, userAgent } = origin;
    let source = use.sources.get(`${address} ${userAgent}`);
    if (!source) {
      const full =
        use.sources.size >= this.#limits.sources || this.#sources >= this.#limits.allSources;
      const key = full ? otherSources : `${address} ${userAgent}`;
      source = use.sources.get(key);
      if (!source) {
        source = full
          ? { address: otherSources, userAgent: "", count: 0 }
          : {
              address: clipped(address ?? "", longestAddress),
              userAgent: boundedAgent(userAgent),
              count: 0,
            };
        use.sources.set(key, source);
        this.#sources++;
      }
    }
    source.count++;
  }

  /** What to write. `details` off leaves out sources and refused calls: the counts are worth more. */
  toFlush(now: number, details = true): UsageFlush {
    const uses = [...this.#uses.values()];
    return {
      id: this.id,
      ageMs: now - this.closedAt,
      counted: uses.flatMap(({ credential, tally }) =>
        entries(tally).map(([outcome, count]) => ({ ...credential, outcome, count })),
      ),
      overflow: [...this.#overflow].flatMap(([tenantId, tally]) =>
        entries(tally).map(([outcome, count]) => ({ tenantId, outcome, count })),
      ),
      seen: details ? uses.flatMap(seenOf) : [],
      refused: details
        ? this.#refusals.map(({ credential, reason, origin, at }) => ({
            id: uuidv7(),
            tenantId: credential?.tenantId ?? null,
            credentialId: credential?.credentialId ?? null,
            kind: credential?.kind ?? null,
            ageMs: now - at,
            reason,
            requestId: origin.requestId,
            address: origin.address === null ? null : clipped(origin.address, longestAddress),
            userAgent: origin.userAgent === null ? null : boundedAgent(origin.userAgent),
          }))
        : [],
    };
  }
}

const entries = (tally: Tally) => Object.entries(tally) as [UsageOutcome, number][];

/** Two user agents that differ beyond what is kept are one source. */
function seenOf({ credential, sources }: Use): UsageFlush["seen"] {
  const { credentialId, tenantId } = credential;
  const merged = new Map<string, UsageFlush["seen"][number]>();
  for (const { address, userAgent, count } of sources.values()) {
    const key = `${address} ${userAgent}`;
    const same = merged.get(key);
    if (same) same.count += count;
    else merged.set(key, { credentialId, tenantId, address, userAgent, count });
  }
  return [...merged.values()];
}

const boundedAgent = (text: string | null) => clipped(text ?? "", longestUserAgent);
