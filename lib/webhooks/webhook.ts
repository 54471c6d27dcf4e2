import type { WebhookRow } from "@/db/queries/webhooks";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { Webhook } from "@/lib/webhooks/schema";

const iso = (time: Date | null) => time?.toISOString() ?? null;

/** A stored webhook as the product speaks of it. */
export const toWebhook = (row: WebhookRow): Webhook => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  nextAttemptAt: row.failures > 0 ? iso(row.nextAttemptAt) : null,
  lastDeliveredAt: iso(row.lastDeliveredAt),
  lastFailedAt: iso(row.lastFailedAt),
});

/** Who changes a webhook must be able to read what it sends. */
export function demandWebhooks(principal: Principal, tenantId: string): void {
  demand(principal, tenantId, "audit:read");
  demand(principal, tenantId, "tenant:update");
}
