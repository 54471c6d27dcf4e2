import type { Command } from "commander";
import { type AddCommands, print } from "@/bin/commands/output";
import { createBackup } from "@/lib/backup/create";
import { restoreBackup } from "@/lib/backup/restore";

/** `backup FILE`, `restore FILE` */
export const addBackupCommands: AddCommands = (program, act) => {
  program
    .command("backup <file>")
    .description("write all that the database holds into a new file; the server may run")
    .option("--json")
    .action(async (file: string, _options, command: Command) => {
      const { at, tables, rows } = await act((principal) => createBackup(principal, { file }));
      print(command, { File: file, At: at, Tables: tables, Rows: rows }, () => [
        `${file}: ${rows} rows of ${tables} tables, as of ${at}.`,
        "Keep BROKER_SECRET_KEY apart from it; a backup is of no use without.",
      ]);
    });

  program
    .command("restore <file>")
    .description("put a backup into an empty database, and take away what was revoked since")
    .option("--revocations <journal>", "BROKER_REVOCATION_JOURNAL; once for each", collect, [])
    .option("--revoke-all", "where there is no journal: revoke every credential, disable everybody")
    .option("--json")
    .action(async (file: string, options, command: Command) => {
      const journals: string[] = options.revocations;
      if (journals.length > 0 === Boolean(options.revokeAll)) {
        command.error(
          "error: a backup brings back what was revoked after it: give --revocations JOURNAL, or --revoke-all",
          { code: "commander.missingMandatoryOptionValue" },
        );
      }
      const since = options.revokeAll ? { revokeAll: true as const } : { journals };
      const { at, rows, replayed, revoked } = await act(
        (principal) => restoreBackup(principal, { file, since }),
        { provision: false },
      );
      const printed = {
        At: at,
        Rows: rows,
        Replayed: replayed,
        Revoked: revoked && {
          Tokens: revoked.tokens,
          Clients: revoked.clients,
          People: revoked.people,
        },
      };
      print(command, printed, () => [
        `Restored ${rows} rows, as of ${at}. Everybody has to sign in again.`,
        revoked
          ? `Revoked ${revoked.tokens} tokens and ${revoked.clients} clients, disabled ${revoked.people} people: users enable EMAIL lets them in again.`
          : `Took away again what was revoked since: ${replayed} changes.`,
      ]);
    });
};

const collect = (value: string, before: string[]): string[] => [...before, value];
