import { openEmbeddedDatabase } from "@/db/embedded";
import { migrate } from "@/db/migrate";

/**
 * A program for tests: opens the embedded database of the folder that its argument names, migrates
 * it, says its address on standard output, and lets go when standard input ends.
 */
const dataDir = process.argv[2] ?? "";
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const database = await openEmbeddedDatabase({ dataDir, log: (log) => say({ log }) });
await migrate(database.url);
say({ url: database.url });

process.stdin.resume().on("end", async () => {
  await database.release();
  process.exit();
});
