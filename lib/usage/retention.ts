import { onPlatform, type Transaction } from "@/db/client";
import { tryLock } from "@/db/queries/locks";
import { type AgedTable, removeOld, rollUpHours, trimRefusals } from "@/db/queries/retention";
import { settings } from "@/lib/settings";
import { mergeWaiting } from "@/lib/usage/merge";

/** Rows of one transaction: each stays far below the time that a transaction may take. */
const batch = 2_000;
/** Batches of one run: whatever has piled up, other work gets its turn. */
const mostBatches = 50;
/** Refused calls that are kept at most, whatever their age. */
const mostRefusals = 1_000_000;
const flushesForDays = 1;
const outboxForDays = 30;

/**
 * Merges counts that wait, rolls old hours of use up to days and removes what has had its time, batch by batch. Any number
 * of instances may call it at once: for each batch one does the work.
 * @returns how many rows were dealt with.
 */
export async function tidyUsage(): Promise<number> {
  const { BROKER_USAGE_HOURS_FOR_DAYS, BROKER_USAGE_FOR_DAYS, BROKER_REFUSALS_FOR_DAYS } =
    settings();
  const old = (name: AgedTable, days: number) => (tx: Transaction) =>
    removeOld(tx, name, days, batch);
  const steps = [
    (tx: Transaction) => rollUpHours(tx, "credential", BROKER_USAGE_HOURS_FOR_DAYS, batch),
    (tx: Transaction) => rollUpHours(tx, "tenant", BROKER_USAGE_HOURS_FOR_DAYS, batch),
    old("usage_days", BROKER_USAGE_FOR_DAYS),
    old("tenant_usage_days", BROKER_USAGE_FOR_DAYS),
    old("usage_sources", BROKER_USAGE_FOR_DAYS),
    old("refusals", BROKER_REFUSALS_FOR_DAYS),
    (tx: Transaction) => trimRefusals(tx, mostRefusals, batch),
    old("usage_flushes", flushesForDays),
    old("webhook_outbox", outboxForDays),
  ];
  await mergeWaiting(1);
  let rows = 0;
  for (const step of steps) rows += await repeat(step);
  return rows;
}

async function repeat(step: (tx: Transaction) => Promise<number>): Promise<number> {
  let rows = 0;
  for (let round = 0; round < mostBatches; round++) {
    const done = await onPlatform(async (tx) =>
      (await tryLock(tx, "usage-retention")) ? step(tx) : 0,
    );
    rows += done;
    if (done < batch) break;
  }
  return rows;
}
