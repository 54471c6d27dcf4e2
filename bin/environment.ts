import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { checkReplicas } from "@/db/client";
import { openEmbeddedDatabase } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { ensureMasterTenant } from "@/lib/provisioning/first-run";
import { parseSecretKey } from "@/lib/secret-key";
import { parseSettings, type Settings } from "@/lib/settings";

export type Environment = {
  settings: Settings;
  /** Whether the database is ours to start and stop. */
  embedded: boolean;
  /** Lets go of the embedded database; it stops once nobody holds it. */
  release(): Promise<void>;
};

/**
 * Readies what server and command line share: settings, secret key, database, migrations, master
 * Tenant. Leaves `DATABASE_URL` and `BROKER_SECRET_KEY` set for this process and its children.
 * @param provision false leaves out the master Tenant, for what is to be restored
 * @throws Error that names the setting that is wrong.
 */
export async function openEnvironment(
  say: (line: string) => void,
  { provision = true }: { provision?: boolean } = {},
): Promise<Environment> {
  if (existsSync(".env")) process.loadEnvFile?.(".env");
  const settings = parseSettings(process.env);
  const embedded = !settings.DATABASE_URL;
  let release = async () => {};
  if (embedded) {
    const dataDir = resolve(settings.BROKER_DATA_DIR);
    const database = await openEmbeddedDatabase({ dataDir, log: say });
    release = database.release;
    process.env.DATABASE_URL = database.url;
    process.env.BROKER_SECRET_KEY ??= await keptSecretKey(dataDir);
    process.env.BROKER_REVOCATION_JOURNAL ??= join(dataDir, "revocations.ndjson");
  }
  try {
    parseSecretKey(process.env.BROKER_SECRET_KEY);
    await migrate(settings.DATABASE_OWNER_URL ?? (process.env.DATABASE_URL as string));
    await checkReplicas();
    if (provision) await ensureMasterTenant();
  } catch (error) {
    await release();
    throw error;
  }
  return { settings, embedded, release };
}

/** The secret key of the embedded default: made once, kept beside the data with mode 0600. */
async function keptSecretKey(dataDir: string): Promise<string> {
  const file = join(dataDir, "secret-key");
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, randomBytes(32).toString("base64"), { mode: 0o600 });
  // Linked, so that of several first starts at once one key appears, whole, and all read the same.
  await link(draft, file).catch((error: { code?: string }) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  await chmod(file, 0o600);
  return (await readFile(file, "utf8")).trim();
}
