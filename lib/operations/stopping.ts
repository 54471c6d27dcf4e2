const key = Symbol.for("servicebroker.stopping");
const shared = globalThis as { [key: symbol]: boolean | undefined };

/** From now on this process is not ready: proxies are to move over while it still answers. */
export function beginStopping(): void {
  shared[key] = true;
}

/** Whether this process is about to end. */
export const isStopping = (): boolean => shared[key] === true;
