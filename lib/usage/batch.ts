import { v7 as uuidv7 } from "uuid";
import type { UsageFlush } from "@/db/queries/usage-flush";
import { clipped, longestUserAgent } from "@/lib/text";
import type { RefusalReason, UsageOutcome } from "@/lib/usage/schema";

/** A credential that the database knows. */
export type UsedCredential = {
  kind: "token" | "client";
  credentialId: string;
  tenantId: string;
  /** Its calls in the batch that counted it last, found without a look-up. */
  use?: Use;
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

/** Calls of one credential. Most come from one source: a Map is made for the second. */
class Use {
  readonly tally: Tally = {};
  sources: Map<string, Source> | null = null;

  constructor(
    readonly credential: UsedCredential,
    /** The source of the first call. */
    readonly first: Source,
    /** Whose it is: by id, since a credential may keep this for longer than the batch lives. */
    readonly batchId: string,
  ) {}
}

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
    const use = this.#callsOf(credential);
    if (use) {
      use.tally[outcome] = (use.tally[outcome] ?? 0) + 1;
      this.#see(use, origin);
    } else if (this.#uses.size < this.#limits.credentials) {
      const added = new Use(credential, this.#sourceOf(origin, false), this.id);
      added.tally[outcome] = 1;
      this.#uses.set(credential.credentialId, added);
      credential.use = added;
    } else {
      this.#spill(credential, outcome);
    }
  }

  #callsOf(credential: UsedCredential): Use | undefined {
    if (credential.use?.batchId === this.id) return credential.use;
    const use = this.#uses.get(credential.credentialId);
    if (use) credential.use = use;
    return use;
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
    const { first } = use;
    if (first.address === (address ?? "") && first.userAgent === (userAgent ?? "")) {
      first.count++;
      return;
    }
    use.sources ??= new Map();
    const key = `${address} ${userAgent?.slice(0, longestUserAgent)}`;
    const isOther = !use.sources.has(key) && this.#isFullFor(use.sources);
    const known = use.sources.get(isOther ? otherSources : key);
    if (known) known.count++;
    else use.sources.set(isOther ? otherSources : key, this.#sourceOf(origin, isOther));
  }

  #isFullFor(sources: Map<string, Source>): boolean {
    return sources.size + 1 >= this.#limits.sources || this.#isFull;
  }

  get #isFull(): boolean {
    return this.#sources >= this.#limits.allSources;
  }

  /** A source seen once; past the limits the one that stands for all others. */
  #sourceOf({ address, userAgent }: UseOrigin, isOther: boolean): Source {
    const other = isOther || this.#isFull;
    this.#sources++;
    return {
      address: other ? otherSources : clipped(address ?? "", longestAddress),
      userAgent: other ? "" : boundedAgent(userAgent),
      count: 1,
    };
  }

  /** What to write. `details` off leaves out sources and refused calls: the counts are worth more. */
  toFlush(now: number, details = true): UsageFlush {
    const counted: UsageFlush["counted"] = [];
    const seen: UsageFlush["seen"] = [];
    for (const use of this.#uses.values()) {
      const { kind, credentialId, tenantId } = use.credential;
      for (const [outcome, count] of entries(use.tally)) {
        counted.push({ kind, credentialId, tenantId, outcome, count });
      }
      if (details) addSeen(seen, use);
    }
    return {
      id: this.id,
      ageMs: now - this.closedAt,
      counted,
      overflow: [...this.#overflow].flatMap(([tenantId, tally]) =>
        entries(tally).map(([outcome, count]) => ({ tenantId, outcome, count })),
      ),
      seen,
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
function addSeen(seen: UsageFlush["seen"], { credential, first, sources }: Use): void {
  const { credentialId, tenantId } = credential;
  if (!sources) {
    seen.push({ credentialId, tenantId, ...first });
    return;
  }
  const merged = new Map<string, UsageFlush["seen"][number]>();
  for (const { address, userAgent, count } of [first, ...sources.values()]) {
    const key = `${address} ${userAgent}`;
    const same = merged.get(key);
    if (same) same.count += count;
    else merged.set(key, { credentialId, tenantId, address, userAgent, count });
  }
  seen.push(...merged.values());
}

const boundedAgent = (text: string | null) => clipped(text ?? "", longestUserAgent);
