import { v7 as uuidv7 } from "uuid";
import type { UsageFlush, UseSource } from "@/db/queries/usage-flush";
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

/**
 * Sources, or credentials, that are written by one statement. One whose time is up before it is over
 * would never be written: 20,000 could be too many for a slow database.
 */
const mostInPart = 4_000;

type Tally = Partial<Record<UsageOutcome, number>>;

/** Calls of one credential. Most come from one source: a Map is made for the second. */
class Use {
  readonly tally: Tally = {};
  sources: Map<string, UseSource> | null = null;

  constructor(
    readonly credential: UsedCredential,
    /** The source of the first call. */
    readonly first: UseSource,
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

/** What is written at once. */
type Part = {
  readonly id: string;
  readonly uses: Use[];
  readonly overflow: [tenantId: string, tally: Tally][];
  readonly refusals: RefusedNote[];
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
  /** What of a closed batch is still to be written, and the part that is being written. */
  #unwritten: { uses: Iterator<Use>; overflow: Iterator<[string, Tally]> } | undefined;
  #part: Part | undefined;
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

  #isFullFor(sources: Map<string, UseSource>): boolean {
    return sources.size + 1 >= this.#limits.sources || this.#isFull;
  }

  get #isFull(): boolean {
    return this.#sources >= this.#limits.allSources;
  }

  /** A source seen once; past the limits the one that stands for all others. */
  #sourceOf({ address, userAgent }: UseOrigin, isOther: boolean): UseSource {
    const other = isOther || this.#isFull;
    this.#sources++;
    return {
      address: other ? otherSources : clipped(address ?? "", longestAddress),
      userAgent: other ? "" : boundedAgent(userAgent),
      count: 1,
    };
  }

  /**
   * What of a closed batch is to be written next: the same, with the same id, until it was written.
   * `details` off leaves out sources and refused calls: the counts are worth more.
   * @returns undefined once all was written
   */
  nextFlush(now: number, details = true): UsageFlush | undefined {
    this.#part ??= this.#takePart();
    return this.#part && flushOf(this.#part, this.closedAt, now, details);
  }

  /** What `nextFlush` gave last was written. */
  wasWritten(): void {
    this.#part = undefined;
  }

  #takePart(): Part | undefined {
    this.#unwritten ??= { uses: this.#uses.values(), overflow: this.#overflow.entries() };
    const uses = taken(this.#unwritten.uses, mostInPart, ({ sources }) => 1 + (sources?.size ?? 0));
    const overflow = taken(this.#unwritten.overflow, mostInPart, () => 1);
    const refusals = this.#refusals.splice(0);
    if (uses.length + overflow.length + refusals.length === 0) return undefined;
    return { id: uuidv7(), uses, overflow, refusals };
  }
}

/** The next of `items`, until their sizes add up to `most`. */
function taken<T>(items: Iterator<T>, most: number, sizeOf: (item: T) => number): T[] {
  const found: T[] = [];
  for (let size = 0; size < most; ) {
    const { value, done } = items.next();
    if (done) break;
    found.push(value);
    size += sizeOf(value);
  }
  return found;
}

function flushOf(part: Part, closedAt: number, now: number, details: boolean): UsageFlush {
  return {
    id: part.id,
    ageMs: now - closedAt,
    uses: part.uses.map((use) => ({
      credentialId: use.credential.credentialId,
      tenantId: use.credential.tenantId,
      kind: use.credential.kind,
      counts: entries(use.tally),
      sources: details ? sourcesOf(use) : [],
    })),
    overflow: part.overflow.flatMap(([tenantId, tally]) =>
      entries(tally).map(([outcome, count]) => ({ tenantId, outcome, count })),
    ),
    refused: details ? part.refusals.map((note) => refusedOf(note, now)) : [],
  };
}

function refusedOf({ credential, reason, origin, at }: RefusedNote, now: number) {
  return {
    id: uuidv7(),
    tenantId: credential?.tenantId ?? null,
    credentialId: credential?.credentialId ?? null,
    kind: credential?.kind ?? null,
    ageMs: now - at,
    reason,
    requestId: origin.requestId,
    address: origin.address === null ? null : clipped(origin.address, longestAddress),
    userAgent: origin.userAgent === null ? null : boundedAgent(origin.userAgent),
  };
}

const entries = (tally: Tally) => Object.entries(tally) as [UsageOutcome, number][];

/** Two user agents that differ beyond what is kept are one source. */
function sourcesOf({ first, sources }: Use): UseSource[] {
  if (!sources) return [first];
  const merged = new Map<string, UseSource>();
  for (const source of [first, ...sources.values()]) {
    const key = `${source.address} ${source.userAgent}`;
    const same = merged.get(key);
    if (same) same.count += source.count;
    else merged.set(key, { ...source });
  }
  return [...merged.values()];
}

const boundedAgent = (text: string | null) => clipped(text ?? "", longestUserAgent);
