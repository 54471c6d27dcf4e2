import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import type { JWK } from "jose";
import { type AddCommands, print } from "@/bin/commands/output";
import { tenantNamed } from "@/bin/commands/tokens";
import type { ChainReport } from "@/lib/audit/schema";
import { verifyChains } from "@/lib/audit/verify";
import { verifyExport } from "@/lib/audit/verify-export";

/** `audit verify` */
export const addAuditCommands: AddCommands = (program, act) => {
  const audit = program.command("audit").description("the audit log");

  audit
    .command("verify")
    .description("check that no audit event was edited, removed, moved or cut off")
    .option("--tenant <id>", "EntityId, or master; all Tenants unless given")
    .option("--file <export>", "an NDJSON export instead of the database, which isn't needed then")
    .option("--keys <file>", "JWK Set that may have signed the export, instead of the one in it")
    .option("--json")
    .action(async (options, command: Command) => {
      if (options.file) {
        const { report, kid } = await verifyFile(options.file, options.keys);
        conclude(
          command,
          report,
          kid && !options.keys
            ? [`Signed by the key ${kid}: compare it with /.well-known/jwks.json.`]
            : [],
        );
        return;
      }
      const report = await act(async (principal) => {
        const { tenant } = options;
        const tenantId = tenant && (await tenantNamed(principal, tenant));
        return verifyChains(principal, { tenantId });
      });
      conclude(command, report, []);
    });
};

async function verifyFile(file: string, keysFile: string | undefined) {
  const keys = keysFile ? (JSON.parse(await readFile(keysFile, "utf8")) as { keys: JWK[] }) : null;
  const input = createReadStream(file);
  // Opened first: readline would leave a file that isn't there unsaid.
  await new Promise((resolve, reject) => input.once("open", resolve).once("error", reject));
  return verifyExport(createInterface({ input, crlfDelay: Infinity }), keys?.keys ?? null);
}

const reasons: Record<NonNullable<ChainReport["firstBad"]>["reason"], string> = {
  edited: "was edited",
  removed: "is missing",
  "out-of-order": "is out of order",
  unreadable: "can't be read",
  "cut-off": "and what followed was cut off",
  unsigned: "is not covered by a signature that holds",
  filtered: "can't be checked: the export was filtered",
};

/** Prints a report; exit status 1 where the chain doesn't hold. */
function conclude(command: Command, report: ChainReport, notes: string[]): void {
  const { ok, events, firstBad } = report;
  const printed = {
    Ok: ok,
    Events: events,
    FirstBad: firstBad && {
      EntityId: firstBad.tenantId,
      Sequence: firstBad.sequence,
      Id: firstBad.id,
      Reason: firstBad.reason,
    },
  };
  print(command, printed, () => [
    firstBad
      ? `Not sound: event ${firstBad.sequence} of ${firstBad.tenantId} ${reasons[firstBad.reason]}.`
      : `Sound: ${events} events.`,
    ...notes,
  ]);
  if (!ok) process.exitCode = 1;
}
