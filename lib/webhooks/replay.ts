import { inTenant } from "@/db/client";
import { findWebhook, requeueEvents, updateWebhook } from "@/db/queries/webhooks";
import { recordEvent } from "@/lib/audit/record";
import { AppError, notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { ReplayWebhookInput } from "@/lib/webhooks/schema";
import { demandWebhooks } from "@/lib/webhooks/webhook";

/** Events of one replay at most. */
const most = 10_000;

/**
 * Delivers events again, from a sequence on and in order, under the ids that they had.
 * @returns how many were queued.
 * @throws AppError `not_found`; `invalid_request` for more than 10,000.
 */
export async function replayWebhook(
  principal: Principal,
  input: ReplayWebhookInput & { tenantId: string; webhookId: string },
): Promise<{ queued: number }> {
  const { tenantId, webhookId, fromSequence } = input;
  demandWebhooks(principal, tenantId);
  return inTenant(tenantId, async (tx) => {
    const webhook = await findWebhook(tx, tenantId, webhookId);
    if (!webhook) throw notFound("webhook");
    const queued = await requeueEvents(tx, {
      tenantId,
      webhookId,
      from: fromSequence,
      limit: most,
    });
    if (queued > most) {
      const message = `More than ${most} events follow; begin later, or take an export.`;
      throw new AppError("invalid_request", `FromSequence: ${message}`, {
        issues: [{ path: "FromSequence", message }],
      });
    }
    await updateWebhook(tx, tenantId, webhookId, { retryNow: true });
    await recordEvent(tx, principal, {
      tenantId,
      action: "webhook.replayed",
      target: { type: "webhook", id: webhookId, name: webhook.url },
      after: { fromSequence, queued },
    });
    return { queued };
  });
}
