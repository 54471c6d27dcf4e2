import { findBinaries } from "./binaries";
import { Hold } from "./hold";
import { choosePlace } from "./place";

export { EmbeddedDatabaseError } from "./error";

export interface EmbeddedDatabase {
  /** For any number of clients, until `release`; the same at later starts unless its port is taken. */
  url: string;
  /** Gives up this process's use of the server; the last user to do so stops it. */
  release(): Promise<void>;
}

/**
 * A real PostgreSQL in a local folder, shared by all processes that open the same one: the first
 * starts it, the last stops it. It is started again at once if it dies while it is open, and taken
 * over if it outlived an app that was killed.
 *
 * As root the server runs as an unprivileged user; where that one can't reach `dataDir`, the data
 * lies under /var/lib/servicebroker-access and `log` says so.
 *
 * @param options.dataDir folder of the app's data; the database is in `postgres` within
 * @throws EmbeddedDatabaseError with a message for people
 */
export async function openEmbeddedDatabase(options: {
  dataDir: string;
  log?: (message: string) => void;
}): Promise<EmbeddedDatabase> {
  const log = options.log ?? (() => {});
  const place = choosePlace(options.dataDir, log);
  const binaries = await findBinaries(place.user, place.cache, log);
  const hold = await Hold.take({ place, binaries, log });
  return { url: hold.url, release: () => hold.release() };
}
