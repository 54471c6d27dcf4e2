import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { AppError } from "@/lib/errors";
import { type Revocation, revocationSchema } from "@/lib/revocations/revocation";

/**
 * The entries of journals, oldest first. A line of our log about an entry that could not be written
 * to a journal is taken, too.
 * @throws AppError `invalid_request` naming the line that is neither; a system error for a file that
 *   can't be read.
 */
export async function readJournals(files: string[]): Promise<Revocation[]> {
  const all: Revocation[] = [];
  for (const file of files) {
    const input = createReadStream(file);
    await new Promise((resolve, reject) => input.once("open", resolve).once("error", reject));
    let number = 0;
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim()) all.push(parse(line, `${file}, line ${number}`));
    }
  }
  return all.sort((a, b) => a.at.localeCompare(b.at));
}

function parse(line: string, where: string): Revocation {
  try {
    const value = JSON.parse(line);
    return revocationSchema.parse(value.revocation ?? value);
  } catch {
    throw new AppError("invalid_request", `${where}: is no entry of a revocation journal.`);
  }
}
