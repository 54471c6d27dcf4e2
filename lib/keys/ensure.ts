import { onPlatform, type Transaction } from "@/db/client";
import { insertKey, readKeys, type SigningKeyRow, updateKeyTimes } from "@/db/queries/keys";
import { takeLock } from "@/db/queries/locks";
import { findMasterTenant } from "@/db/queries/tenants";
import { type AuditAction, recordEvent } from "@/lib/audit/record";
import { generateKey } from "@/lib/keys/material";
import { keyPolicy } from "@/lib/keys/policy";
import { currentKey, endsAt, nextKey, takeoverByAge } from "@/lib/keys/schedule";
import type { Principal } from "@/lib/principal";

export type KeySet = { keys: SigningKeyRow[]; now: Date };

const keeper: Principal = {
  kind: "service",
  name: "key rotation",
  origin: { requestId: "key-rotation", address: null, userAgent: null },
};

/** Whether a set lacks nothing: a key that signs, and one that is published to sign after it. */
export function isComplete({ keys, now }: KeySet): boolean {
  const current = currentKey(keys, now);
  const next = nextKey(keys, now);
  return current !== undefined && next !== undefined && next.signsFrom <= dueBy(current, next);
}

const dueBy = (current: SigningKeyRow, next: SigningKeyRow): Date =>
  takeoverByAge(current, next.createdAt, keyPolicy());

/** Reads the keys; makes those that are missing, once however many instances ask. */
export async function ensureKeys(): Promise<KeySet> {
  const read = await onPlatform(readKeys);
  return isComplete(read) ? read : onPlatform((tx) => completeKeys(tx, keeper));
}

/** Makes what a set lacks, inside a transaction: the first key at once, its successor in time. */
export async function completeKeys(tx: Transaction, principal: Principal): Promise<KeySet> {
  await takeLock(tx, "signing-keys");
  let set = await readKeys(tx);
  if (!currentKey(set.keys, set.now)) {
    await addKey(tx, principal, set.now);
    set = await readKeys(tx);
  }
  const current = currentKey(set.keys, set.now) as SigningKeyRow;
  const next = nextKey(set.keys, set.now);
  if (!next) {
    const at = takeoverByAge(current, set.now, keyPolicy());
    await updateKeyTimes(tx, current.kid, endsAt(at));
    await addKey(tx, principal, at);
  } else if (next.signsFrom > dueBy(current, next)) {
    const at = dueBy(current, next);
    await updateKeyTimes(tx, next.kid, { signsFrom: at });
    await updateKeyTimes(tx, current.kid, endsAt(at));
  } else return set;
  return readKeys(tx);
}

async function addKey(tx: Transaction, principal: Principal, signsFrom: Date): Promise<void> {
  const key = await generateKey(signsFrom);
  await insertKey(tx, key);
  await recordKeyEvent(tx, principal, "key.created", key.kid, {
    signsFrom: signsFrom.toISOString(),
  });
}

/** Writes what became of a key into the master Tenant's chain. */
export async function recordKeyEvent(
  tx: Transaction,
  principal: Principal,
  action: AuditAction,
  kid: string,
  after: Record<string, unknown>,
): Promise<void> {
  const master = await findMasterTenant(tx);
  if (!master) return;
  const target = { type: "key", id: kid } as const;
  await recordEvent(tx, principal, { tenantId: master.id, action, target, after });
}
