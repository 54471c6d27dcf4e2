import type { Sql } from "postgres";
import type { QueryOptions, Rows } from "./rows";

/**
 * One statement in the form that the driver's pool takes it in (postgres.js, `query.js`), settled
 * by calls instead of being a promise.
 *
 * The driver's own class makes two functions for each query and assigns them to properties. V8 puts
 * such functions among its old objects at once, where only a full collection looks after them:
 * whatever a query held (its answer, its parameters) then survived the quick ones, although nobody
 * had any use for it. That was some 2 MB for each quick collection under load, and most of the time
 * that these took. Statements of a transaction are still the driver's own.
 */
class PooledQuery {
  readonly tagged = false;
  readonly strings: readonly string[];
  readonly args: unknown[];
  readonly options: { prepare: boolean; simple: boolean };
  readonly isRaw: "values" | undefined;
  /** Added to the stack of an error: where the statement was written. As without `debug`. */
  readonly origin = "";
  active = false;
  cancelled = null;
  executed = true;
  state: unknown = null;
  statement: unknown = null;
  signature: unknown = "";
  string: unknown = "";
  parameters: unknown = null;
  prepare: unknown = false;
  prepared: unknown = false;
  describeFirst: unknown = false;
  parsing: unknown = false;
  retried: unknown = null;
  readonly #settle: Settle;

  constructor(
    text: string,
    params: unknown[],
    { prepare = false }: QueryOptions,
    asArrays: boolean,
    settle: Settle,
  ) {
    this.strings = [text];
    this.args = params;
    this.options = { prepare, simple: params.length === 0 };
    this.isRaw = asArrays ? "values" : undefined;
    this.#settle = settle;
  }

  resolve(rows: Rows): void {
    this.active = false;
    if (rows.constructor !== fastClass) makeFast(rows.constructor);
    this.#settle.done(rows);
  }

  reject(error: unknown): void {
    this.active = false;
    this.#settle.failed(error);
  }
}

let fastClass: object | undefined;

/**
 * Has V8 keep a class's own properties in the fast form, as it does for what is a prototype and is
 * read through. The driver's class of answers has a static getter with a computed name, for which
 * V8 keeps them in a dictionary; then it tries to optimise what makes such answers, gives up (Node
 * 20: "dependency change") and tries again, without end: a millisecond of compiling eight times a
 * second, ten for the larger function, for which calls wait where there is one core.
 */
function makeFast(type: object): void {
  fastClass = type;
  const reader = Object.create(type);
  for (let i = 0; i < 3; i++) reader.length;
}

/** Called once at most, one or the other. */
export interface Settle {
  done(rows: Rows): void;
  failed(error: unknown): void;
}

/** What `sql.unsafe(text, params, options)` does when awaited, without a promise of the driver's. */
export type Send = (
  text: string,
  params: unknown[],
  options: QueryOptions,
  asArrays: boolean,
  settle: Settle,
) => void;

/** @param sql a client; its pool is found on a query that is never sent */
export function sendThrough(sql: Sql): Send {
  const { handler: take } = sql.unsafe("") as unknown as { handler(query: PooledQuery): void };
  return (text, params, options, asArrays, settle) =>
    take(new PooledQuery(text, params, options, asArrays, settle));
}
