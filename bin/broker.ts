import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { Command } from "commander";
import { addAuditCommands } from "@/bin/commands/audit";
import { addBackupCommands } from "@/bin/commands/backup";
import { addClientCommands } from "@/bin/commands/clients";
import { addKeyCommands } from "@/bin/commands/keys";
import { addTenantCommands } from "@/bin/commands/tenants";
import { addTokenCommands } from "@/bin/commands/tokens";
import { addUserCommands } from "@/bin/commands/users";
import { openEnvironment } from "@/bin/environment";
import { closeDatabase } from "@/db/client";
import { isAppError } from "@/lib/errors";
import { cliPrincipal } from "@/lib/principal";

/**
 * The command line (contract §10): noun, verb, and `--json` for machines. Exit status 1 for an
 * error, said in one line on standard error, and 2 for bad usage.
 */
process.env.LOG_LEVEL ??= "warn";

const program = new Command("broker")
  .description("Manage Tenants, tokens, clients, people and keys of ServiceBroker Access.")
  .option("--json", "print one JSON value and nothing else")
  .showHelpAfterError()
  .exitOverride((error) => {
    throw error;
  })
  .configureOutput({ outputError: (text, write) => write(text) });

async function act<T>(
  work: (principal: ReturnType<typeof cliPrincipal>) => Promise<T>,
  options: { provision?: boolean } = {},
): Promise<T> {
  const environment = await openEnvironment(() => {}, options);
  try {
    return await work(cliPrincipal(userInfo().username, randomUUID()));
  } finally {
    await closeDatabase();
    await environment.release();
  }
}

for (const add of [
  addTenantCommands,
  addTokenCommands,
  addClientCommands,
  addUserCommands,
  addKeyCommands,
  addAuditCommands,
  addBackupCommands,
])
  add(program, act);

try {
  await program.parseAsync();
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  if (code?.startsWith("commander.")) {
    const isHelp = code === "commander.help" || code === "commander.helpDisplayed";
    process.exit(isHelp || code === "commander.version" ? 0 : 2);
  }
  process.stderr.write(
    `${isAppError(error) ? message : `Failed: ${message}`.split("\n").join(" ")}\n`,
  );
  process.exit(1);
}
