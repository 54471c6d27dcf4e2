import { AsyncLocalStorage } from "node:async_hooks";

/** What our server entry knows of a request that Next's handlers can't see or can't trust. */
export type Connection = { address: string | null; requestId: string };

const key = Symbol.for("servicebroker.connection");
const shared = globalThis as { [key: symbol]: AsyncLocalStorage<Connection> | undefined };
shared[key] ??= new AsyncLocalStorage<Connection>();
const storage = shared[key];

/** Runs Next's handler with what is known of the connection; a header could be forged. */
export const withConnection = <T>(known: Connection, run: () => T): T => storage.run(known, run);

/** The connection of the request being handled; undefined under plain `next start`. */
export const connection = (): Connection | undefined => storage.getStore();
