export type Rows = Record<string, unknown>[] | unknown[][];
export interface QueryOptions {
  prepare?: boolean;
}

/**
 * A query as the driver gives it: sent when awaited, or when `values()` asks for rows as arrays.
 *
 * @param start sends it; called once at most for each of the two forms
 */
export function lazyRows(start: (asArrays: boolean) => Promise<Rows>) {
  let sent: Promise<Rows> | undefined;
  const send = (): Promise<Rows> => {
    sent ??= start(false);
    return sent;
  };
  return {
    values: () => start(true),
    execute: send,
    // biome-ignore lint/suspicious/noThenProperty: a query is thenable, as in the driver
    then: <A, B>(done?: (rows: Rows) => A, failed?: (error: unknown) => B) =>
      send().then(done, failed),
    catch: <B>(failed: (error: unknown) => B) => send().catch(failed),
    finally: (settled: () => void) => send().finally(settled),
  };
}

/** Whether a lost answer to this statement may hide a committed write. */
export function mayWrite(text: string): boolean {
  return !/^\s*(select|show|explain)\b/i.test(text);
}
