import { v7 as uuidv7 } from "uuid";
import { inTenant } from "@/db/client";
import { takeLock } from "@/db/queries/locks";
import { findWebhook, insertWebhook, listWebhooks, type WebhookRow } from "@/db/queries/webhooks";
import { recordEvent } from "@/lib/audit/record";
import { AppError } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { settings } from "@/lib/settings";
import type { CreatedWebhook, CreateWebhookInput } from "@/lib/webhooks/schema";
import { generateWebhookSecret, sealWebhookSecret } from "@/lib/webhooks/secret";
import { parseTarget } from "@/lib/webhooks/target";
import { demandWebhooks, toWebhook } from "@/lib/webhooks/webhook";

/** Webhooks of one Tenant at most. */
const most = 5;

/**
 * Pushes a Tenant's audit events to a URL from now on; the event of this is the first.
 * @returns the webhook with its secret, which is not shown again.
 * @throws AppError `invalid_request` for a URL that isn't allowed; `conflict` where there are five.
 */
export async function createWebhook(
  principal: Principal,
  input: CreateWebhookInput & { tenantId: string },
): Promise<CreatedWebhook> {
  const { tenantId } = input;
  demandWebhooks(principal, tenantId);
  const url = parseTarget(input.url, settings().BROKER_WEBHOOKS_TO_PRIVATE).href;
  const id = uuidv7();
  const secret = generateWebhookSecret();
  return inTenant(tenantId, async (tx) => {
    await takeLock(tx, `webhooks/${tenantId}`);
    if ((await listWebhooks(tx, tenantId)).length >= most) {
      throw new AppError("conflict", `A Tenant has ${most} webhooks at most.`);
    }
    await insertWebhook(tx, {
      id,
      tenantId,
      url,
      secretCiphertext: sealWebhookSecret(id, secret),
    });
    await recordEvent(tx, principal, {
      tenantId,
      action: "webhook.created",
      target: { type: "webhook", id, name: url },
      after: { url },
    });
    return { ...toWebhook((await findWebhook(tx, tenantId, id)) as WebhookRow), secret };
  });
}
