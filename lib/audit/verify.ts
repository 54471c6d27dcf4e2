import type { JWK } from "jose";
import { onPlatform } from "@/db/client";
import {
  type CheckpointRow,
  findChain,
  listChains,
  listCheckpoints,
  readChain,
} from "@/db/queries/audit";
import { ChainCheck } from "@/lib/audit/chain-check";
import { toAuditEvent } from "@/lib/audit/event";
import { readHead } from "@/lib/audit/head";
import type { ChainReport } from "@/lib/audit/schema";
import { trustedKeys } from "@/lib/audit/signer";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";

const page = 1000;
const first = "00000000-0000-0000-0000-000000000000";

/**
 * Checks the audit chain of a Tenant, or of all: that no event was edited, removed, moved or cut
 * off, also by somebody with all rights in the database. Signed heads are believed only if their
 * key opens under our secret key. Stops at the first Tenant whose chain doesn't hold.
 * @throws AppError `not_found`, `forbidden`, `insufficient_scope`.
 */
export async function verifyChains(
  principal: Principal,
  input: { tenantId?: string },
): Promise<ChainReport> {
  const { tenantId } = input;
  if (tenantId) demand(principal, tenantId, "audit:read");
  else demand(principal, null, "tenants:manage");
  const keys = await trustedKeys();
  if (tenantId) return verifyChain(tenantId, keys);
  let events = 0;
  let after = first;
  for (;;) {
    const tenants = await onPlatform((tx) => listChains(tx, after, page));
    for (const one of tenants) {
      const report = await verifyChain(one, keys);
      events += report.events;
      if (!report.ok) return { ...report, events };
      after = one;
    }
    if (tenants.length < page) return { ok: true, events, firstBad: null };
  }
}

async function verifyChain(tenantId: string, keys: JWK[]): Promise<ChainReport> {
  const check = new ChainCheck(tenantId);
  // The end first: what is appended while we read is left for the next time.
  const chain = await onPlatform((tx) => findChain(tx, tenantId));
  const checkpoints = await readCheckpoints(tenantId);
  const signedUpTo = await lastSigned(checkpoints, keys);
  const upTo = Math.max(chain?.sequence ?? 0, signedUpTo);
  const [oldest] = checkpoints;
  if (oldest && signedUpTo === 0) check.fail(oldest.sequence, null, "unsigned");
  const signedAt = new Map<number, CheckpointRow[]>();
  for (const row of checkpoints) {
    signedAt.set(row.sequence, [...(signedAt.get(row.sequence) ?? []), row]);
  }
  for (let after = 0; ; ) {
    const rows = await onPlatform((tx) => readChain(tx, tenantId, { after, upTo, limit: page }));
    for (const row of rows) {
      check.add(toAuditEvent(row));
      if (check.firstBad) return check.report;
      const changed = async (signed: CheckpointRow) =>
        !signed.hash.equals(row.hash) && (await isSigned(signed, keys));
      const signed = signedAt.get(row.sequence) ?? [];
      const isEnd = row.sequence === chain?.sequence;
      if ((isEnd && !row.hash.equals(chain.hash)) || (await some(signed, changed))) {
        check.fail(row.sequence, row.id, "edited");
        return check.report;
      }
    }
    if (rows.length < page) break;
    after = rows.at(-1)?.sequence ?? after;
  }
  if (check.sequence < upTo) check.fail(check.sequence + 1, null, "cut-off");
  return check.report;
}

/** All signed heads of a chain, in order. */
async function readCheckpoints(tenantId: string): Promise<CheckpointRow[]> {
  const all: CheckpointRow[] = [];
  for (;;) {
    const last = all.at(-1) ?? { sequence: 0, kid: "" };
    const rows = await onPlatform((tx) => listCheckpoints(tx, tenantId, last, page));
    all.push(...rows);
    if (rows.length < page) return all;
  }
}

async function some<T>(items: T[], holds: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await holds(item)) return true;
  return false;
}

/** The furthest sequence that a trusted key has signed; 0 where none has. */
async function lastSigned(rows: CheckpointRow[], keys: JWK[]): Promise<number> {
  for (const row of rows.toReversed()) if (await isSigned(row, keys)) return row.sequence;
  return 0;
}

async function isSigned(row: CheckpointRow, keys: JWK[]): Promise<boolean> {
  const head = await readHead(row.signature, keys);
  return (
    head !== null &&
    head.tenantId === row.tenantId &&
    head.sequence === row.sequence &&
    head.hash === row.hash.toString("hex")
  );
}
