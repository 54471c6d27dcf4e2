import { setImmediate as nextTurn } from "node:timers/promises";
import { flushPool } from "../client";

/** Where a credential was called from, and how often. */
export type UseSource = { address: string; userAgent: string; count: number };
/** A credential's calls. */
export type CredentialUse = {
  credentialId: string;
  tenantId: string;
  kind: "token" | "client";
  /** By outcome, each once. */
  counts: [outcome: string, count: number][];
  sources: UseSource[];
};
/** Calls counted for a Tenant alone: there was no room for the credential's own. */
export type OverflowUse = { tenantId: string; outcome: string; count: number };
export type RefusedCall = {
  id: string;
  tenantId: string | null;
  credentialId: string | null;
  kind: "token" | "client" | null;
  /** Milliseconds between the call and the flush. */
  ageMs: number;
  reason: string;
  requestId: string;
  address: string | null;
  userAgent: string | null;
};
export type UsageFlush = {
  /** The same for every attempt: the database writes it once. */
  id: string;
  /** Milliseconds since the counts were closed. */
  ageMs: number;
  uses: CredentialUse[];
  overflow: OverflowUse[];
  refused: RefusedCall[];
};

const storing = `select broker_store_usage(
  $1::text::uuid, $2::text::double precision,
  $3::text::uuid[], $4::text::uuid[], $5::text::text[], $6::text::text[], $7::text::bigint[],
  $8::text::int[], $9::text::bigint[], $10::text::jsonb, $11::text::jsonb, $12::text::json
)`;

/**
 * An array for the database, of ASCII values that need no quotes: ids, numbers, words, `null`. Each is made
 * in a turn of its own: those of 20,000 credentials at once would keep every caller waiting.
 */
async function arrayOf<T>(items: T[], value: (item: T) => string | number): Promise<string> {
  await nextTurn();
  let text = "{";
  for (let i = 0; i < items.length; i++) text += (i === 0 ? "" : ",") + value(items[i] as T);
  // Put together here, rather than all of them when the statement is sent.
  return Buffer.from(`${text}}`, "latin1").toString("latin1");
}

/**
 * Writes a flush in one statement, all of it or nothing, and once for each id. It is a batch that
 * waits to be merged then: see `usage-merge.ts`.
 * @throws DatabaseUnavailable: it may have been written; send it again.
 */
export async function writeUsage(flush: UsageFlush): Promise<void> {
  const { lines, sources } = linesOf(flush.uses);
  await flushPool().unsafe(
    storing,
    [
      flush.id,
      String(flush.ageMs),
      await arrayOf(lines, ({ use }) => use.credentialId),
      await arrayOf(lines, ({ use }) => use.tenantId),
      await arrayOf(lines, ({ use }) => use.kind),
      await arrayOf(lines, ({ counted }) => counted?.[0] ?? "null"),
      await arrayOf(lines, ({ counted }) => counted?.[1] ?? 0),
      await arrayOf(lines, ({ place }) => place ?? "null"),
      await arrayOf(lines, ({ seen }) => seen),
      JSON.stringify(sources),
      JSON.stringify(
        flush.overflow.map((use) => ({ t: use.tenantId, o: use.outcome, n: use.count })),
      ),
      JSON.stringify(
        flush.refused.map((call) => ({
          i: call.id,
          t: call.tenantId,
          c: call.credentialId,
          k: call.kind,
          age: call.ageMs,
          r: call.reason,
          q: call.requestId,
          a: call.address,
          u: call.userAgent,
        })),
      ),
    ],
    { prepare: true },
  );
}

type Line = {
  use: CredentialUse;
  counted: CredentialUse["counts"][number] | undefined;
  /** Of its source among all, from 1. */
  place: number | undefined;
  seen: number;
};

/**
 * Credentials line by line: mostly one each, which tells of an outcome and of a source. Sources stand
 * for themselves, each once, since most credentials share a few.
 */
function linesOf(uses: CredentialUse[]) {
  const sources: { a: string; u: string }[] = [];
  const places = new Map<string, number>();
  const placeOf = ({ address, userAgent }: UseSource): number => {
    const key = `${address} ${userAgent}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = sources.push({ a: address, u: userAgent });
    places.set(key, place);
    return place;
  };
  const lines: Line[] = [];
  for (const use of uses) {
    for (let i = 0; i < Math.max(use.counts.length, use.sources.length); i++) {
      const source = use.sources[i];
      lines.push({
        use,
        counted: use.counts[i],
        place: source && placeOf(source),
        seen: source?.count ?? 0,
      });
    }
  }
  return { lines, sources };
}
