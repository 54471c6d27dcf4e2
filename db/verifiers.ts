import type { Facade } from "./facade";
import { findDatabaseUnavailable } from "./unavailable";

/** Milliseconds for which a server that failed is left alone. */
const restMs = 2_000;
/** A failure later than this leaves no time to ask another server. */
const mostLateMs = 500;

type Verifier = { pool: Facade; restsUntil: number };

/**
 * Asks the servers that verification may read from in turn: the standbys, and the primary where none
 * of them answers. One that failed rests for a while.
 *
 * @param standbys may be none
 * @returns runs a statement that only reads, its rows as arrays
 */
export function createVerifiers(primary: Facade, standbys: Facade[]) {
  const inTurn: Verifier[] = standbys.map((pool) => ({ pool, restsUntil: 0 }));
  let turn = 0;

  const choose = (): Verifier | undefined => {
    for (let tried = 0; tried < inTurn.length; tried++) {
      const verifier = inTurn[turn++ % inTurn.length] as Verifier;
      if (performance.now() >= verifier.restsUntil) return verifier;
    }
    return undefined;
  };

  /** @throws DatabaseUnavailable once none is left to ask, or no time */
  return async function ask(text: string, params: string[]): Promise<unknown[][]> {
    const send = (pool: Facade) =>
      pool.unsafe(text, params, { prepare: true }).values() as unknown as Promise<unknown[][]>;
    const since = performance.now();
    for (;;) {
      const verifier = choose();
      if (!verifier) return send(primary);
      try {
        return await send(verifier.pool);
      } catch (error) {
        if (!findDatabaseUnavailable(error)) throw error;
        verifier.restsUntil = performance.now() + restMs;
        if (performance.now() - since > mostLateMs) throw error;
      }
    }
  };
}

/**
 * What keeps a primary's `synchronous_standby_names` from making each of `count` standbys hold a
 * change before it is acknowledged; null where nothing does.
 */
export function standbysAtRisk(names: string, count: number): string | null {
  const form = /^\s*(?:(?:(first|any)\s+)?(\d+)\s*\((.*)\)|(.*))\s*$/is.exec(names);
  const waitedFor = form?.[2] ? Number(form[2]) : 1;
  const listed = (form?.[3] ?? form?.[4] ?? "").split(",").map((name) => name.trim());
  if (listed.length === 1 && listed[0] === "") {
    return "synchronous_standby_names of the primary is empty: a standby could accept what was revoked.";
  }
  const all = listed[0] === "*" || listed.length === waitedFor;
  if (all && waitedFor >= count) return null;
  return `synchronous_standby_names of the primary must have it wait for all ${count} of DATABASE_REPLICA_URLS, such as: FIRST ${count} (*). It is: ${names}`;
}
