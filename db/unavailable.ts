/**
 * The database could not do the work for a reason that lies with it, not with the statement:
 * unreachable, frozen, restarting, out of disk, locked. Callers answer 503 with `Retry-After`.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
  readonly code = "database_unavailable";
  /** True when the write or transaction may have been committed although nobody heard so. */
  readonly outcomeUnknown: boolean;

  constructor(message: string, options: { outcomeUnknown: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.outcomeUnknown = options.outcomeUnknown;
  }
}

/**
 * Finds a `DatabaseUnavailable` in an error or its causes (Drizzle wraps what a query throws).
 * Looks at `code`, not at the class: two module graphs live in one process.
 *
 * @returns the error found, or undefined if this is a failure of another kind
 */
export function findDatabaseUnavailable(error: unknown): DatabaseUnavailable | undefined {
  for (let e = error, depth = 0; e instanceof Error && depth < 8; e = e.cause, depth++) {
    if (codeOf(e) === "database_unavailable") return e as DatabaseUnavailable;
  }
  return undefined;
}

/** Whether an error says that the database didn't answer at all until the deadline. */
export function wasSilent(error: unknown): boolean {
  const found = findDatabaseUnavailable(error);
  return found !== undefined && found.cause === undefined;
}

/** Nothing was connected: nothing is broken, and a new client would fare no better. */
const NOT_YET = /^(ECONNREFUSED|57P03)$/;

/** Codes of the driver, of Node, of a server that goes away, and of one that is a standby now. */
const LOST =
  /^(CONNECTION_|CONNECT_TIMEOUT$|E(?!RR_)[A-Z]|ERR_(STREAM|SOCKET|TLS|SSL)|57P0|08|25006$)/;

/** Of these, the ones after which nothing can have reached the server. */
const NEVER_SENT =
  /^(CONNECT_TIMEOUT|CONNECTION_ENDED|ENOTFOUND|EAI_|EHOST|ENET|08001|08004|25006)/;

/** The connection, and whatever was on it, is gone: the client must be replaced. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error);
  return LOST.test(code) && !NOT_YET.test(code);
}

/**
 * Refusals of a server that is there, after which the statement certainly did not happen: still
 * starting, no room (class 53), I/O error, cancelled by a timeout, locked, login not possible now.
 */
function isRefusal(error: unknown): boolean {
  return /^(ECONNREFUSED|57P03|53...|58030|57014|55P03|25P0[34]|28...|3D000)$/.test(codeOf(error));
}

/**
 * Turns what the driver threw into what callers see: a `DatabaseUnavailable`, or the error itself
 * where the statement is to blame (a constraint, a syntax error, a deadlock).
 *
 * @param mayHaveRun whether the work could have been committed before the connection was lost
 */
export function translateError(error: unknown, mayHaveRun: boolean): unknown {
  if (findDatabaseUnavailable(error)) return error;
  if (isLostConnection(error)) {
    return new DatabaseUnavailable("The connection to the database was lost.", {
      outcomeUnknown: mayHaveRun && !NEVER_SENT.test(codeOf(error)),
      cause: error,
    });
  }
  if (isRefusal(error)) {
    return new DatabaseUnavailable("The database refused work for now.", {
      outcomeUnknown: false,
      cause: error,
    });
  }
  return error;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : "";
}
