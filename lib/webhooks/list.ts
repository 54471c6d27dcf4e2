import { inTenant } from "@/db/client";
import { findWebhook, listWebhooks as queryWebhooks } from "@/db/queries/webhooks";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { Webhook } from "@/lib/webhooks/schema";
import { toWebhook } from "@/lib/webhooks/webhook";

/** A Tenant's webhooks, oldest first. @throws AppError `not_found`, `insufficient_scope`. */
export async function listWebhooks(
  principal: Principal,
  input: { tenantId: string },
): Promise<Webhook[]> {
  demand(principal, input.tenantId, "audit:read");
  const rows = await inTenant(input.tenantId, (tx) => queryWebhooks(tx, input.tenantId));
  return rows.map(toWebhook);
}

/** One webhook of a Tenant. @throws AppError `not_found`; another Tenant's looks the same. */
export async function getWebhook(
  principal: Principal,
  input: { tenantId: string; webhookId: string },
): Promise<Webhook> {
  const { tenantId, webhookId } = input;
  demand(principal, tenantId, "audit:read");
  const row = await inTenant(tenantId, (tx) => findWebhook(tx, tenantId, webhookId));
  if (!row) throw notFound("webhook");
  return toWebhook(row);
}
