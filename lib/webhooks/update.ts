import { inTenant } from "@/db/client";
import {
  updateWebhook as changeWebhook,
  findWebhook,
  type WebhookRow,
} from "@/db/queries/webhooks";
import { recordEvent } from "@/lib/audit/record";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { settings } from "@/lib/settings";
import type { UpdateWebhookInput, Webhook } from "@/lib/webhooks/schema";
import { parseTarget } from "@/lib/webhooks/target";
import { demandWebhooks, toWebhook } from "@/lib/webhooks/webhook";

/**
 * Moves a webhook to another URL, or switches it; what waits is tried again at once. Events that
 * occur while it is off are not queued: replay them.
 * @throws AppError `not_found`; `invalid_request` for a URL that isn't allowed.
 */
export async function updateWebhook(
  principal: Principal,
  input: UpdateWebhookInput & { tenantId: string; webhookId: string },
): Promise<Webhook> {
  const { tenantId, webhookId, active } = input;
  demandWebhooks(principal, tenantId);
  const url =
    input.url === undefined
      ? undefined
      : parseTarget(input.url, settings().BROKER_WEBHOOKS_TO_PRIVATE).href;
  return inTenant(tenantId, async (tx) => {
    const before = await findWebhook(tx, tenantId, webhookId);
    if (!before) throw notFound("webhook");
    const moved = url !== undefined && url !== before.url;
    const switched = active !== undefined && active !== before.active;
    if (!moved && !switched) return toWebhook(before);
    await changeWebhook(tx, tenantId, webhookId, { url, active, retryNow: true });
    await recordEvent(tx, principal, {
      tenantId,
      action: "webhook.updated",
      target: { type: "webhook", id: webhookId, name: url ?? before.url },
      before: { url: before.url, active: before.active },
      after: { url: url ?? before.url, active: active ?? before.active },
    });
    return toWebhook((await findWebhook(tx, tenantId, webhookId)) as WebhookRow);
  });
}

/** Ends a webhook; what waits for it is never delivered. @throws AppError `not_found` */
export async function removeWebhook(
  principal: Principal,
  input: { tenantId: string; webhookId: string },
): Promise<Webhook> {
  const { tenantId, webhookId } = input;
  demandWebhooks(principal, tenantId);
  return inTenant(tenantId, async (tx) => {
    const before = await findWebhook(tx, tenantId, webhookId);
    if (!before) throw notFound("webhook");
    await changeWebhook(tx, tenantId, webhookId, { removed: true });
    await recordEvent(tx, principal, {
      tenantId,
      action: "webhook.removed",
      target: { type: "webhook", id: webhookId, name: before.url },
      before: { url: before.url },
    });
    return { ...toWebhook(before), active: false };
  });
}
