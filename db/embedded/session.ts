import postgres, { type Sql } from "postgres";
import { Sockets } from "../facade/sockets";

/** One connection that lasts until it is closed or lost. */
export interface Session {
  sql: Sql;
  close(): Promise<void>;
}

/** @param onclose called when the connection ends, for whatever reason */
export function openSession(url: string, onclose: () => void = () => {}): Session {
  const sockets = new Sockets();
  const options: postgres.Options<Record<string, never>> = {
    max: 1,
    connect_timeout: 2,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "servicebroker-embedded" },
    onclose,
  };
  const sql = postgres(url, { ...options, socket: sockets.connect } as typeof options);
  return {
    sql,
    async close() {
      await sql.end({ timeout: 0 }).catch(() => {});
      // A frozen server would not answer, and its open connection would keep our process alive.
      sockets.close();
    },
  };
}
