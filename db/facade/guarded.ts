import type { Sql } from "postgres";
import { DatabaseUnavailable, isLostConnection, translateError } from "../unavailable";
import { Deadline } from "./deadline";
import { lazyRows, type QueryOptions, type Rows } from "./rows";

/** What a transaction's body is given: enough of the driver's `TransactionSql` for Drizzle. */
export interface GuardedSql {
  readonly options: unknown;
  unsafe(text: string, params?: unknown[], query?: QueryOptions): ReturnType<typeof lazyRows>;
  savepoint<T>(body: TransactionBody<T>): Promise<T>;
}
export type TransactionBody<T> = (sql: GuardedSql) => T | Promise<T>;

interface Guarded<T> {
  /** `isolation level ... read only`, or empty. */
  mode: string;
  body: TransactionBody<T>;
  deadlineMs: number;
  /** Statements sent first in each transaction, without waiting for their answer. */
  setLocal?: string | undefined;
  /** Statements to be kept prepared. */
  kept: ReadonlySet<string>;
  /** Called when the connection was lost; may be called more than once. */
  onLost(): void;
  /** Called when the time was up. */
  onSilent(): void;
}

type DriverSql = {
  unsafe: Sql["unsafe"];
  savepoint(body: (sql: DriverSql) => Promise<unknown>): Promise<unknown>;
};

/**
 * Runs a transaction that ends with its connection. Once it has lost that, its `begin` or its
 * time, its caller is rejected at once, later statements of it are refused, and the function given
 * to the driver never settles: else the driver would send its commit or rollback, and the body its
 * next statement, on whatever connection has been opened in the meantime.
 */
export function runGuarded<T>(client: Sql, guarded: Guarded<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let over = false;
    let committing = false;
    const fail = (error: unknown) => {
      if (over) return;
      over = true;
      deadline.clear();
      reject(error);
    };
    const lose = (error: unknown) => {
      guarded.onLost();
      fail(translateError(error, committing));
    };
    const deadline = new Deadline(guarded.deadlineMs, () => {
      guarded.onSilent();
      fail(
        new DatabaseUnavailable("The transaction did not end in time.", {
          outcomeUnknown: committing,
        }),
      );
    });

    const statement = async <R>(send: () => PromiseLike<R>): Promise<R> => {
      if (over) throw afterTheEnd();
      try {
        const result = await send();
        if (over) throw afterTheEnd();
        return result;
      } catch (error) {
        if (isLostConnection(error)) lose(error);
        throw translateError(error, false);
      }
    };
    const settleUnlessOver = async <R>(work: () => R | Promise<R>): Promise<R> => {
      if (over) return never();
      try {
        const result = await work();
        return over ? never() : result;
      } catch (error) {
        if (over) return never();
        throw error;
      }
    };
    const guard = (sql: DriverSql): GuardedSql => ({
      options: client.options,
      unsafe: (text, params = [], query = {}) =>
        lazyRows((asArrays) =>
          statement(() => {
            const asked = guarded.kept.has(text) ? { prepare: true } : query;
            const pending = sql.unsafe(text, params as never[], asked);
            return (asArrays ? pending.values() : pending) as unknown as PromiseLike<Rows>;
          }),
        ),
      savepoint: <R>(body: TransactionBody<R>) =>
        statement(
          () => sql.savepoint((inner) => settleUnlessOver(() => body(guard(inner)))) as Promise<R>,
        ),
    });

    const begun = client.begin(guarded.mode, (driver) =>
      settleUnlessOver(async () => {
        const sql = driver as unknown as DriverSql;
        // Not awaited: it goes out together with the first statement. Its failure fails the rest.
        if (guarded.setLocal) sql.unsafe(guarded.setLocal).catch(() => {});
        const result = await guarded.body(guard(sql));
        committing = !over;
        return result;
      }),
    );
    begun.then(
      (result) => {
        deadline.clear();
        if (over) return;
        over = true;
        resolve(result as T);
      },
      (error) => (isLostConnection(error) ? lose(error) : fail(translateError(error, committing))),
    );
  });
}

function afterTheEnd(): DatabaseUnavailable {
  return new DatabaseUnavailable("The transaction is over: it lost its connection or its time.", {
    outcomeUnknown: false,
  });
}

function never(): Promise<never> {
  return new Promise<never>(() => {});
}
