import type { JWK } from "jose";
import { ChainCheck } from "@/lib/audit/chain-check";
import { readHead } from "@/lib/audit/head";
import type { ChainReport } from "@/lib/audit/schema";
import {
  auditEventWireSchema,
  type ExportTrailer,
  exportTrailerSchema,
  fromAuditEventWire,
} from "@/lib/audit/wire";

const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * Checks an NDJSON export without any database: each event's hash, the chain of them, and that it
 * ends where its signed head says. CSV exports and filtered ones can't be checked.
 * @param trusted keys that may have signed; without them those in the export, which then proves
 *   only that nobody without a key of its own choice has changed it: compare its `kid`.
 * @returns the report, and the `kid` that signed the head.
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  trusted: JWK[] | null = null,
): Promise<{ report: ChainReport; kid: string | null }> {
  let check: ChainCheck | null = null;
  let trailer: ExportTrailer["Export"] | null = null;
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const parsed = parse(line);
    const end = exportTrailerSchema.safeParse(parsed);
    if (end.success && !trailer) {
      trailer = end.data.Export;
      check ??= new ChainCheck(trailer.EntityId);
      continue;
    }
    const event = auditEventWireSchema.safeParse(parsed);
    check ??= new ChainCheck(event.success ? event.data.EntityId : nobody);
    if (!event.success || trailer) check.fail(check.sequence + 1, null, "unreadable");
    else check.add(fromAuditEventWire(event.data));
  }
  check ??= new ChainCheck(nobody);
  const kid = trailer ? await checkEnd(check, trailer, trusted) : null;
  if (!trailer) check.fail(check.sequence + 1, null, "cut-off");
  return { report: check.report, kid };
}

async function checkEnd(
  check: ChainCheck,
  trailer: ExportTrailer["Export"],
  trusted: JWK[] | null,
): Promise<string | null> {
  if (trailer.Filters.length > 0) {
    check.firstBad = null;
    check.fail(0, null, "filtered");
    return null;
  }
  const keys = trusted ?? (trailer.Keys.keys as JWK[]);
  const head = trailer.Head === null ? null : await readHead(trailer.Head, keys);
  if (!head || head.tenantId !== check.tenantId) {
    check.fail(check.sequence + 1, null, "unsigned");
    return null;
  }
  if (head.sequence > check.sequence) check.fail(check.sequence + 1, null, "cut-off");
  else if (head.sequence < check.sequence) check.fail(head.sequence + 1, null, "unsigned");
  else if (head.hash !== check.hash) check.fail(head.sequence, null, "edited");
  return JSON.parse(Buffer.from(trailer.Head?.split(".")[0] ?? "", "base64url").toString()).kid;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
