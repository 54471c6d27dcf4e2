import { setImmediate as nextTurn } from "node:timers/promises";
import { flushPool } from "../client";

/** A credential's calls of one outcome. */
export type CountedUse = {
  credentialId: string;
  tenantId: string;
  kind: "token" | "client";
  outcome: string;
  count: number;
};
/** Calls counted for a Tenant alone: there was no room for the credential's own. */
export type OverflowUse = { tenantId: string; outcome: string; count: number };
export type SeenSource = {
  credentialId: string;
  tenantId: string;
  address: string;
  userAgent: string;
  count: number;
};
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
  counted: CountedUse[];
  overflow: OverflowUse[];
  seen: SeenSource[];
  refused: RefusedCall[];
};

const statement = `select credential from broker_record_uses(
  $1::text::uuid, $2::text::double precision,
  $3::text::uuid[], $4::text::uuid[], $5::text::text[], $6::text::text[], $7::text::bigint[], $8::text::json,
  $9::text::uuid[], $10::text::uuid[], $11::text::int[], $12::text::bigint[], $13::text::json, $14::text::json
) as credential`;

/**
 * An array for the database, of ASCII values that need no quotes: ids, numbers, words. Each is made
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
 * Writes a flush in one statement, all of it or nothing, and once for each id.
 * @returns ids of the credentials that were seen from somewhere new.
 * @throws DatabaseUnavailable: it may have been written; send it again.
 */
export async function writeUsage(flush: UsageFlush): Promise<string[]> {
  const { counted, overflow, seen, refused } = flush;
  const { placeOf, sources } = sourcesOf(seen);
  const rows = (await flushPool().unsafe(
    statement,
    [
      flush.id,
      String(flush.ageMs),
      await arrayOf(counted, (use) => use.credentialId),
      await arrayOf(counted, (use) => use.tenantId),
      await arrayOf(counted, (use) => use.kind),
      await arrayOf(counted, (use) => use.outcome),
      await arrayOf(counted, (use) => use.count),
      JSON.stringify(overflow.map((use) => ({ t: use.tenantId, o: use.outcome, n: use.count }))),
      await arrayOf(seen, (source) => source.credentialId),
      await arrayOf(seen, (source) => source.tenantId),
      await arrayOf(seen, placeOf),
      await arrayOf(seen, (source) => source.count),
      JSON.stringify(sources),
      JSON.stringify(
        refused.map((call) => ({
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
  )) as unknown as { credential: string }[];
  return rows.map((row) => row.credential);
}

/** The different sources, each once, and the place of each credential's: most share a few. */
function sourcesOf(seen: SeenSource[]) {
  const sources: { a: string; u: string }[] = [];
  const places = new Map<string, number>();
  const placeOf = ({ address, userAgent }: SeenSource): number => {
    const key = `${address} ${userAgent}`;
    let place = places.get(key);
    if (place === undefined) {
      place = sources.push({ a: address, u: userAgent });
      places.set(key, place);
    }
    return place;
  };
  for (const source of seen) placeOf(source);
  return { sources, placeOf };
}

/** Adds up all but the `kept` most recent sources of each credential. */
export async function trimSources(credentialIds: string[], kept: number): Promise<void> {
  await flushPool().unsafe("select broker_trim_sources($1::text::uuid[], $2::text::int)", [
    `{${credentialIds.join(",")}}`,
    String(kept),
  ]);
}
