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

const statement = `select credential from broker_record_usage(
  $1::text::uuid, $2::text::double precision, $3::text::json, $4::text::json, $5::text::json, $6::text::json
) as credential`;

/**
 * Writes a flush in one statement, all of it or nothing, and once for each id.
 * @returns ids of the credentials that were seen from somewhere new.
 * @throws DatabaseUnavailable: it may have been written; send it again.
 */
export async function writeUsage(flush: UsageFlush): Promise<string[]> {
  const { counted, overflow, seen, refused } = flush;
  const rows = (await flushPool().unsafe(
    statement,
    [
      flush.id,
      String(flush.ageMs),
      JSON.stringify(
        counted.map((use) => ({
          c: use.credentialId,
          t: use.tenantId,
          k: use.kind,
          o: use.outcome,
          n: use.count,
        })),
      ),
      JSON.stringify(overflow.map((use) => ({ t: use.tenantId, o: use.outcome, n: use.count }))),
      JSON.stringify(
        seen.map((source) => ({
          c: source.credentialId,
          t: source.tenantId,
          a: source.address,
          u: source.userAgent,
          n: source.count,
        })),
      ),
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

/** Adds up all but the `kept` most recent sources of each credential. */
export async function trimSources(credentialIds: string[], kept: number): Promise<void> {
  await flushPool().unsafe("select broker_trim_sources($1::text::uuid[], $2::text::int)", [
    `{${credentialIds.join(",")}}`,
    String(kept),
  ]);
}
