import { stringify } from "csv-stringify/sync";
import { inTenant } from "@/db/client";
import { findChain, readChain } from "@/db/queries/audit";
import { toAuditEvent } from "@/lib/audit/event";
import { signHead } from "@/lib/audit/head";
import { withDates } from "@/lib/audit/list";
import { recordEvent } from "@/lib/audit/record";
import type { AuditEvent, AuditFilter, ExportFormat } from "@/lib/audit/schema";
import { currentSigner, publicKeys } from "@/lib/audit/signer";
import { type ExportTrailer, toAuditEventWire } from "@/lib/audit/wire";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";

/** Events of the first read, and of each later one: the first byte comes soon, the rest fast. */
const firstPage = 50;
const page = 1000;

const columns: Record<string, (event: AuditEvent) => unknown> = {
  Sequence: (event) => event.sequence,
  OccurredAt: (event) => event.occurredAt,
  ActorType: (event) => event.actor.type,
  ActorId: (event) => event.actor.id,
  ActorName: (event) => event.actor.name,
  Action: (event) => event.action,
  TargetType: (event) => event.target.type,
  TargetId: (event) => event.target.id,
  TargetName: (event) => event.target.name,
  Before: (event) => event.before && JSON.stringify(event.before),
  After: (event) => event.after && JSON.stringify(event.after),
  Address: (event) => event.origin.address,
  UserAgent: (event) => event.origin.userAgent,
  RequestId: (event) => event.origin.requestId,
  Id: (event) => event.id,
  Hash: (event) => event.hash,
};
const csv = (rows: unknown[][]) =>
  stringify(rows, { escape_formulas: true, record_delimiter: "windows" });

/**
 * A Tenant's events as a stream of CSV (RFC 4180, no cell a formula) or NDJSON, oldest first,
 * however many: each page is a short read of its own. NDJSON ends with a line that holds the
 * chain's signed end, so that `audit verify --file` can check it. The export itself is audited.
 * @throws AppError `not_found`, `insufficient_scope`, before the stream begins.
 */
export async function exportEvents(
  principal: Principal,
  input: AuditFilter & { tenantId: string; format: ExportFormat },
): Promise<ReadableStream<Uint8Array>> {
  const { tenantId, format, ...filter } = input;
  demand(principal, tenantId, "audit:read");
  const filters = Object.keys(filter).filter((name) => filter[name as keyof AuditFilter]);
  const chain = await inTenant(tenantId, async (tx) => {
    await recordEvent(tx, principal, {
      tenantId,
      action: "audit.exported",
      target: { type: "tenant", id: tenantId },
      after: { format, ...filter },
    });
    return findChain(tx, tenantId);
  });
  const upTo = chain?.sequence ?? 0;

  async function* pages() {
    for (let after = 0, limit = firstPage; ; limit = page) {
      const query = { ...withDates(filter), after, upTo, limit };
      const rows = await inTenant(tenantId, (tx) => readChain(tx, tenantId, query));
      if (rows.length > 0) yield rows.map(toAuditEvent);
      if (rows.length < limit) return;
      after = rows.at(-1)?.sequence ?? upTo;
    }
  }

  async function* asCsv() {
    yield csv([Object.keys(columns)]);
    for await (const events of pages()) {
      yield csv(events.map((event) => Object.values(columns).map((cell) => cell(event))));
    }
  }

  async function* asNdjson() {
    for await (const events of pages()) {
      yield events.map((event) => `${JSON.stringify(toAuditEventWire(event))}\n`).join("");
    }
    const signedAt = new Date().toISOString();
    const { sign } = await currentSigner();
    const hash = chain?.hash.toString("hex");
    const head = hash ? await signHead({ tenantId, sequence: upTo, hash, signedAt }, sign) : null;
    const trailer: ExportTrailer = {
      Export: {
        EntityId: tenantId,
        ExportedAt: signedAt,
        Filters: filters,
        Head: head?.signature ?? null,
        Keys: { keys: await publicKeys() },
      },
    };
    yield `${JSON.stringify(trailer)}\n`;
  }

  return streamOf(format === "csv" ? asCsv() : asNdjson());
}

/** Media type and file name of an export. */
export const exportHeaders = (format: ExportFormat): Record<string, string> => ({
  "Content-Type":
    format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
  "Content-Disposition": `attachment; filename="audit.${format}"`,
  "Cache-Control": "no-store",
});

/** Text as it is asked for: whoever reads slowly is read for slowly. */
function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void chunks.return(undefined),
  });
}
