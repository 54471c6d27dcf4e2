import type { Command } from "commander";
import type { CliPrincipal } from "@/lib/principal";

/** Opens database and environment around a command, and closes them whatever happens. */
export type Act = <T>(
  work: (principal: CliPrincipal) => Promise<T>,
  options?: { provision?: boolean },
) => Promise<T>;
export type AddCommands = (program: Command, act: Act) => void;

/** Prints a result: one JSON value under `--json`, else the lines given. */
export function print(command: Command, value: unknown, lines: () => string[]): void {
  const text = command.optsWithGlobals().json ? JSON.stringify(value, null, 2) : lines().join("\n");
  process.stdout.write(`${text}\n`);
}

/** Columns of plain text, as wide as their widest cell. */
export function columns(rows: string[][]): string[] {
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
