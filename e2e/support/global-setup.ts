import { migrate } from "@/db/migrate";
import { POSTGRES_VARIABLE, TEMPLATE } from "./database";
import { startPostgres } from "./postgres";

/** One PostgreSQL for the run, with a migrated template; answers how to end it. */
export default async function setUp(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  await migrate(await server.createDatabase(TEMPLATE));
  process.env[POSTGRES_VARIABLE] = server.url();
  return () => server.kill();
}
