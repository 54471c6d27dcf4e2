import postgres, { type Sql } from "postgres";
import { type Send, sendThrough } from "./query";
import { Sockets } from "./sockets";

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
  /**
   * Statements that transactions keep prepared, so that each takes one trip to the database instead
   * of two. For what reads no table: the plan of one that does can grow old. Nobody else may
   * deallocate them: a transaction does not survive that.
   */
  kept?: ReadonlySet<string>;
  applicationName?: string;
  /** Startup parameters, such as `plan_cache_mode`. Not sent to a pooler that would refuse them. */
  connection?: Record<string, string | number>;
}

/** One postgres.js client, to be ended for good when it has lost a connection. */
export interface Client {
  sql: Sql;
  send: Send;
  /** Lets work in flight finish for so many seconds, then closes every socket. */
  end(timeout: number): Promise<void>;
  close(): void;
}

/** Seconds that opening a connection may take. */
export const connectSeconds = 2;

const POOLER_TRACKS = /^(application_name|client_encoding|datestyle|timezone|intervalstyle)$/i;

/** Below the deadline, so that the server gives up first and its locks are free by then. */
export function serverTimeouts(deadlineMs: number): Record<string, number> {
  const ms = Math.floor(deadlineMs * 0.8);
  return { statement_timeout: ms, idle_in_transaction_session_timeout: ms };
}

/**
 * Parses the options once. Each client uses the same object: what Drizzle sets on its parsers
 * holds for the clients that come later, too.
 */
export function parseOptions(url: string, options: FacadeOptions, deadlineMs: number) {
  const { max = 10, prepare = true } = options;
  const wanted: Record<string, string | number> = {
    ...(prepare ? serverTimeouts(deadlineMs) : {}),
    ...options.connection,
    application_name: options.applicationName ?? "servicebroker",
  };
  // This client never connects.
  return postgres(url, {
    max,
    prepare,
    connect_timeout: connectSeconds,
    idle_timeout: 30,
    fetch_types: false,
    backoff: () => 0.05 + Math.random() / 10,
    onnotice: () => {},
    connection: Object.fromEntries(
      Object.entries(wanted).filter(([name]) => prepare || POOLER_TRACKS.test(name)),
    ),
  }).options;
}

export function openClient(parsed: ReturnType<typeof parseOptions>): Client {
  const sockets = new Sockets();
  const sql = postgres({ ...parsed, socket: sockets.connect } as never) as Sql;
  return {
    sql,
    send: sendThrough(sql),
    async end(timeout) {
      await sql.end({ timeout }).catch(() => {});
      sockets.close();
    },
    close: () => sockets.close(),
  };
}
