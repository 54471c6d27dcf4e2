import postgres, { type Sql } from "postgres";
import { Deadline } from "./facade/deadline";
import { runGuarded, type TransactionBody } from "./facade/guarded";
import { lazyRows, mayWrite, type QueryOptions, type Rows } from "./facade/rows";
import { DatabaseUnavailable, isLostConnection, translateError } from "./unavailable";

export interface FacadeOptions {
  /** Connections at most; allow twice as many on the server (a replaced client drains). */
  max?: number;
  /** Milliseconds that a query or a whole transaction may take. Default 2000. */
  deadlineMs?: number;
  /**
   * False behind a pooler in transaction mode (PgBouncer): no named statements, and only the
   * startup parameters that it tracks. Transactions then set their timeouts by `set local`;
   * single queries have the deadline alone, so give the role a `statement_timeout`.
   */
  prepare?: boolean;
  applicationName?: string;
  /** Startup parameters, such as `plan_cache_mode`. Not sent to a pooler that would refuse them. */
  connection?: Record<string, string | number>;
}

/**
 * What `drizzle(facade, { schema })` and our own statements need of a postgres.js client. Nothing
 * else of `Sql` is there: what the facade could not keep its promises for is typed `never`.
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

const POOLER_TRACKS = /^(application_name|client_encoding|datestyle|timezone|intervalstyle)$/i;

/**
 * A postgres.js client that survives its database: each query and each whole transaction has a
 * deadline, a lost connection replaces the client, and a transaction that lost its connection
 * neither continues nor ends on another one.
 *
 * `unsafe(text, params, { prepare? })` and `begin([mode,] fn)` are as in postgres.js, with
 * `savepoint` inside. Both throw `DatabaseUnavailable` when the database is to blame.
 */
export function createFacade(url: string, options: FacadeOptions = {}): Facade {
  const { max = 10, deadlineMs = 2_000, prepare = true } = options;
  const serverMs = Math.floor(deadlineMs * 0.8);
  const timeouts = {
    statement_timeout: serverMs,
    idle_in_transaction_session_timeout: serverMs,
  };
  const setLocal = prepare
    ? undefined
    : Object.entries(timeouts)
        .map(([name, ms]) => `set local ${name} = ${ms}`)
        .join("; ");
  const wanted: Record<string, string | number> = {
    ...(prepare ? timeouts : {}),
    ...options.connection,
    application_name: options.applicationName ?? "servicebroker",
  };

  let current = postgres(url, {
    max,
    prepare,
    connect_timeout: 2,
    idle_timeout: 30,
    fetch_types: false,
    // The types ask for a number of seconds for any attempt; the driver calls it per attempt.
    backoff: () => 0.05 + Math.random() / 10,
    onnotice: () => {},
    connection: Object.fromEntries(
      Object.entries(wanted).filter(([name]) => prepare || POOLER_TRACKS.test(name)),
    ),
  });
  // Parsed options given back to `postgres` are used as they are: what Drizzle set on the parsers
  // of the first client holds for each later one.
  const parsed = current.options;
  const retiring = new Set<Promise<unknown>>();
  let replacements = 0;
  let ended = false;

  function retire(client: Sql): void {
    if (client !== current || ended) return;
    current = postgres(
      parsed as unknown as postgres.Options<Record<string, never>>,
    ) as typeof current;
    replacements++;
    // Healthy work in flight on the old client has as long as it may take anyway.
    const end = client.end({ timeout: deadlineMs / 1_000 }).catch(() => {});
    retiring.add(end);
    void end.then(() => retiring.delete(end));
  }

  function run(text: string, params: unknown[], query: QueryOptions, asArrays: boolean) {
    const client = current;
    return new Promise<Rows>((resolve, reject) => {
      const deadline = new Deadline(deadlineMs, () => {
        retire(client);
        reject(timedOut(mayWrite(text)));
      });
      const pending = client.unsafe(text, params as never[], query);
      (asArrays ? pending.values() : pending).then(
        (rows) => {
          deadline.clear();
          resolve(rows as unknown as Rows);
        },
        (error) => {
          deadline.clear();
          if (isLostConnection(error)) retire(client);
          reject(translateError(error, mayWrite(text)));
        },
      );
    });
  }

  const facade = {
    options: parsed,
    replacements: () => replacements,
    unsafe: (text: string, params: unknown[] = [], query: QueryOptions = {}) =>
      lazyRows((asArrays) => run(text, params, query, asArrays)),
    begin<T>(mode: string | TransactionBody<T>, body?: TransactionBody<T>): Promise<T> {
      const client = current;
      return runGuarded(client, {
        mode: typeof mode === "string" ? mode : "",
        body: (typeof mode === "string" ? body : mode) as TransactionBody<T>,
        deadlineMs,
        setLocal,
        onLost: () => retire(client),
      });
    },
    async end({ timeout = 5 }: { timeout?: number } = {}): Promise<void> {
      ended = true;
      await Promise.all([current.end({ timeout }), ...retiring]);
    },
  };
  return facade as unknown as Facade;
}

/** The error of work that was given up after its deadline. */
export function timedOut(outcomeUnknown: boolean): DatabaseUnavailable {
  return new DatabaseUnavailable("The database did not answer in time.", { outcomeUnknown });
}
