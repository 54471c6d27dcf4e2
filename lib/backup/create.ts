import { rm } from "node:fs/promises";
import { writeBackup } from "@/db/backup/write";
import { onPlatform } from "@/db/client";
import { findMasterTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { ownerUrl } from "@/lib/backup/owner-url";
import { AppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

export type Backup = { at: string; tables: number; rows: number };

/**
 * Writes a backup of the database as it is at one moment into a new file. It holds no secret in
 * clear; who has the secret key too can sign JWTs with it.
 * @throws AppError `conflict` where there is such a file; `forbidden`.
 */
export async function createBackup(principal: Principal, input: { file: string }): Promise<Backup> {
  demand(principal, null, "keys:manage");
  const { file } = input;
  const backup = await writeBackup(ownerUrl(), file).catch(async (error: { code?: string }) => {
    if (error.code === "EEXIST") throw new AppError("conflict", `${file} is there already.`);
    await rm(file, { force: true });
    throw error;
  });
  await onPlatform(async (tx) => {
    const master = await findMasterTenant(tx);
    if (!master) return;
    await recordEvent(tx, principal, {
      tenantId: master.id,
      action: "database.backed-up",
      target: { type: "tenant", id: master.id, name: master.name },
      after: { at: backup.at, rows: backup.rows },
    });
  });
  return backup;
}
