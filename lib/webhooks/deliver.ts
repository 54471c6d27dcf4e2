import { randomUUID } from "node:crypto";
import { onPlatform } from "@/db/client";
import {
  claimWebhooks,
  type Delivery,
  failuresOf,
  markDelivered,
  markFailed,
  nextDelivery,
  releaseWebhook,
} from "@/db/queries/webhooks";
import { toAuditEvent } from "@/lib/audit/event";
import { settings } from "@/lib/settings";
import { openWebhookSecret } from "@/lib/webhooks/secret";
import { sendMessage } from "@/lib/webhooks/send";
import { toPayload } from "@/lib/webhooks/wire";

/** Longer than an attempt may take: a lease that runs out is that of an instance that has died. */
const leaseSeconds = 30;
const atOnce = 10;
/** Events of one webhook before others get their turn. */
const inARow = 50;
const longestPause = 300;

/** Seconds until the next attempt after so many failures in a row: 1, 2, 4 … 300, give or take a fifth. */
export const pauseAfter = (failures: number, random = Math.random()): number =>
  Math.min(2 ** Math.max(0, failures - 1), longestPause) * (0.8 + 0.4 * random);

/**
 * Delivers what waits: each webhook by one instance at a time, its events in order, the next one
 * only once the one before has arrived. At least once: after a crash an event may come twice,
 * under the same id.
 * @returns how many webhooks there was something to do for.
 */
export async function deliverWebhooks(): Promise<number> {
  const leaseId = randomUUID();
  const claimed = await onPlatform((tx) => claimWebhooks(tx, leaseId, leaseSeconds, atOnce));
  await Promise.all(claimed.map((webhookId) => deliverTo(webhookId, leaseId)));
  return claimed.length;
}

async function deliverTo(webhookId: string, leaseId: string): Promise<void> {
  for (let sent = 0; sent < inARow; sent++) {
    const next = await onPlatform((tx) => nextDelivery(tx, webhookId, leaseId, leaseSeconds));
    if (!next) break;
    const { sequence } = next.event;
    const failure = await attempt(webhookId, next);
    if (failure) {
      await onPlatform(async (tx) => {
        const retryInSeconds = pauseAfter((await failuresOf(tx, webhookId)) + 1);
        await markFailed(tx, webhookId, leaseId, { ...failure, sequence, retryInSeconds });
      });
      break;
    }
    await onPlatform((tx) => markDelivered(tx, webhookId, leaseId, sequence));
  }
  await onPlatform((tx) => releaseWebhook(tx, webhookId, leaseId));
}

/** Null where it arrived; else why not, and whether the receiver wants no more (410). */
async function attempt(
  webhookId: string,
  { event, url, secretCiphertext, now }: Delivery,
): Promise<{ error: string; off: boolean } | null> {
  try {
    const message = {
      url,
      secret: openWebhookSecret(webhookId, secretCiphertext),
      id: event.id,
      body: toPayload(toAuditEvent(event)),
      sentAt: new Date(now),
    };
    const status = await sendMessage(message, settings().BROKER_WEBHOOKS_TO_PRIVATE);
    if (status >= 200 && status < 300) return null;
    return { error: `HTTP ${status}`, off: status === 410 };
  } catch (error) {
    const { code, name } = error as { code?: unknown; name: string };
    return { error: String(code ?? name).slice(0, 100), off: false };
  }
}
