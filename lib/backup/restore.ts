import { readBackup } from "@/db/backup/read";
import type { Transaction } from "@/db/client";
import { readKeys } from "@/db/queries/keys";
import { stopAll } from "@/db/queries/revocations";
import { findMasterTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { ownerUrl } from "@/lib/backup/owner-url";
import { AppError } from "@/lib/errors";
import { openKey } from "@/lib/keys/material";
import type { Principal } from "@/lib/principal";
import { readJournals } from "@/lib/revocations/read";
import { replayRevocations } from "@/lib/revocations/replay";

/** How a restored backup is kept from undoing what was revoked after it was made. */
export type Since = { journals: string[] } | { revokeAll: true };

export type Restored = {
  /** When the backup was made. */
  at: string;
  rows: number;
  /** Entries of journals that took something away; null where all was. */
  replayed: number | null;
  /** What `revokeAll` took away; null otherwise. */
  revoked: { tokens: number; clients: number; people: number } | null;
};

/**
 * Puts a backup into an empty database and, in the same transaction, takes away again what was
 * revoked since: nobody ever sees one without the other. Sessions and one-time links are over.
 * @throws AppError `conflict` where the secret key is another; BackupError; `forbidden`.
 */
export async function restoreBackup(
  principal: Principal,
  input: { file: string; since: Since },
): Promise<Restored> {
  demand(principal, null, "keys:manage");
  const { file, since } = input;
  const journalled = "journals" in since ? await readJournals(since.journals) : null;
  return readBackup(ownerUrl(), file, async (tx, { at, rows }) => {
    await demandSecretKey(tx);
    const replayed = journalled && (await replayRevocations(tx, principal, journalled, at));
    const revoked = journalled ? null : await revokeAll(tx, principal, at);
    const master = await findMasterTenant(tx);
    if (master) {
      await recordEvent(tx, principal, {
        tenantId: master.id,
        action: "database.restored",
        target: { type: "tenant", id: master.id, name: master.name },
        after: { backupAt: at, replayed, ...revoked },
      });
    }
    return { at, rows, replayed, revoked };
  });
}

async function demandSecretKey(tx: Transaction): Promise<void> {
  try {
    for (const key of (await readKeys(tx)).keys) openKey(key);
  } catch {
    throw new AppError(
      "conflict",
      "BROKER_SECRET_KEY is not the one under which this backup was made. Set that one; change it by `keys rekey` afterwards.",
    );
  }
}

async function revokeAll(tx: Transaction, principal: Principal, backupAt: string) {
  const { tenants, people } = await stopAll(tx);
  for (const { tenantId, name, tokens, clients } of tenants) {
    await recordEvent(tx, principal, {
      tenantId,
      action: "database.restored",
      target: { type: "tenant", id: tenantId, name },
      after: { backupAt, tokensRevoked: tokens, clientsRevoked: clients },
    });
  }
  const sum = (what: "tokens" | "clients") => tenants.reduce((all, of) => all + of[what], 0);
  return { tokens: sum("tokens"), clients: sum("clients"), people };
}
