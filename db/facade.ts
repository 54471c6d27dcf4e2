import type { Sql } from "postgres";
import {
  type Client,
  connectSeconds,
  type FacadeOptions,
  openClient,
  parseOptions,
  serverTimeouts,
} from "./facade/client";
import { Deadline } from "./facade/deadline";
import { runGuarded, type TransactionBody } from "./facade/guarded";
import { lazyRows, mayWrite, type QueryOptions, type Rows } from "./facade/rows";
import { DatabaseUnavailable, isLostConnection, translateError } from "./unavailable";

export type { FacadeOptions } from "./facade/client";

/**
 * What `drizzle(facade, { schema })` and our own statements need of a postgres.js client: `unsafe`,
 * `begin`, `options`, `end`. Nothing else of `Sql` is there; what the facade could not keep its
 * promises for is typed `never`.
 */
export type Facade = Sql & {
  listen: never;
  notify: never;
  subscribe: never;
  reserve: never;
  largeObject: never;
  file: never;
  /** How many times the client was replaced so far (for metrics and tests). */
  readonly replacements: () => number;
};

/**
 * A postgres.js client that survives its database: each query and each whole transaction has a
 * deadline, a lost connection replaces the client, and a transaction that lost its connection
 * neither continues nor ends on another one.
 *
 * `unsafe(text, params, { prepare? })` and `begin([mode,] fn)` are as in postgres.js, with
 * `savepoint` inside. Both throw `DatabaseUnavailable` when the database is to blame.
 */
export function createFacade(url: string, options: FacadeOptions = {}): Facade {
  const { deadlineMs = 2_000, prepare = true, kept = new Set<string>() } = options;
  const parsed = parseOptions(url, options, deadlineMs);
  const setLocal = Object.entries(serverTimeouts(deadlineMs))
    .map(([name, ms]) => `set local ${name} = ${ms}`)
    .join("; ");
  const retiring = new Set<Client>();
  let current = openClient(parsed);
  let replacedAt = Number.NEGATIVE_INFINITY;
  let replacements = 0;
  let ended = false;

  function retire(lost: Client): void {
    if (lost !== current || ended) return;
    current = openClient(parsed);
    replacedAt = performance.now();
    replacements++;
    retiring.add(lost);
    // Healthy work in flight on the old client has as long as it may take anyway.
    void lost.end(deadlineMs / 1_000).then(() => retiring.delete(lost));
  }

  /** On a busy machine connecting can outlast a deadline: beginning again would never end. */
  function retireSilent(client: Client): void {
    if (performance.now() - replacedAt > connectSeconds * 1_000) retire(client);
  }

  function run(text: string, params: unknown[], query: QueryOptions, asArrays: boolean) {
    const client = current;
    return new Promise<Rows>((resolve, reject) => {
      const deadline = new Deadline(deadlineMs, () => {
        retireSilent(client);
        reject(
          new DatabaseUnavailable("The database did not answer in time.", {
            outcomeUnknown: mayWrite(text),
          }),
        );
      });
      client.send(text, params, query, asArrays, {
        done(rows) {
          deadline.clear();
          resolve(rows);
        },
        failed(error) {
          deadline.clear();
          if (isLostConnection(error)) retire(client);
          reject(translateError(error, mayWrite(text)));
        },
      });
    });
  }

  function begin<T>(mode: string | TransactionBody<T>, body?: TransactionBody<T>): Promise<T> {
    const client = current;
    return runGuarded(client.sql, {
      mode: typeof mode === "string" ? mode : "",
      body: (typeof mode === "string" ? body : mode) as TransactionBody<T>,
      deadlineMs,
      kept,
      setLocal: prepare ? undefined : setLocal,
      onLost: () => retire(client),
      onSilent: () => retireSilent(client),
    });
  }

  async function end({ timeout = 5 }: { timeout?: number } = {}): Promise<void> {
    ended = true;
    await current.end(timeout);
    for (const client of retiring) client.close();
  }

  const facade = {
    options: parsed,
    unsafe: (text: string, params: unknown[] = [], query: QueryOptions = {}) =>
      lazyRows((asArrays) => run(text, params, query, asArrays)),
    begin,
    end,
    replacements: () => replacements,
  };
  return facade as unknown as Facade;
}
