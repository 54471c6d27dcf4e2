import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/schema";
import { auditEventWireSchema, toAuditEventWire } from "@/lib/audit/wire";
import { uuid } from "@/lib/ids";
import { type CreatedWebhook, createWebhookSchema, type Webhook } from "@/lib/webhooks/schema";

const instant = z.iso.datetime();

/** A webhook on the wire. */
export const entityWebhookSchema = z
  .object({
    Id: uuid,
    EntityId: uuid,
    Url: z.string(),
    Secret: z
      .string()
      .nullable()
      .describe("`whsec_…` of the Standard Webhooks scheme, when it is made; null ever after."),
    Active: z.boolean(),
    CreatedAt: instant,
    Waiting: z.number().int(),
    Failures: z.number().int(),
    NextAttemptAt: instant.nullable(),
    LastDeliveredAt: instant.nullable(),
    LastFailedAt: instant.nullable(),
    LastError: z.string().nullable(),
  })
  .meta({ id: "EntityWebhook" });

/** A webhook as the wire shows it; `Secret` only where it has just been made. */
export const toEntityWebhook = (
  webhook: Webhook | CreatedWebhook,
): z.infer<typeof entityWebhookSchema> => ({
  Id: webhook.id,
  EntityId: webhook.tenantId,
  Url: webhook.url,
  Secret: "secret" in webhook ? webhook.secret : null,
  Active: webhook.active,
  CreatedAt: webhook.createdAt,
  Waiting: webhook.waiting,
  Failures: webhook.failures,
  NextAttemptAt: webhook.nextAttemptAt,
  LastDeliveredAt: webhook.lastDeliveredAt,
  LastFailedAt: webhook.lastFailedAt,
  LastError: webhook.lastError,
});

export const createEntityWebhookBody = z
  .strictObject({ Url: createWebhookSchema.shape.url })
  .meta({ id: "CreateEntityWebhook" });

export const updateEntityWebhookBody = z
  .strictObject({ Url: createWebhookSchema.shape.url.optional(), Active: z.boolean().optional() })
  .refine(
    ({ Url, Active }) => Url !== undefined || Active !== undefined,
    "Send Url, Active, or both.",
  )
  .meta({ id: "UpdateEntityWebhook" });

export const replayEntityWebhookBody = z
  .strictObject({ FromSequence: z.int().min(1) })
  .meta({ id: "ReplayEntityWebhook" });

export const replayedSchema = z.object({ Queued: z.number().int() });

/** What is pushed: the body of a delivery, by the Standard Webhooks scheme. */
export const webhookPayloadSchema = z
  .object({ type: z.string(), timestamp: instant, data: auditEventWireSchema })
  .meta({ id: "WebhookPayload" });

/** The body of a delivery; `type` is the event's action. */
export const toPayload = (event: AuditEvent): string =>
  JSON.stringify({
    type: event.action,
    timestamp: event.occurredAt,
    data: toAuditEventWire(event),
  } satisfies z.infer<typeof webhookPayloadSchema>);
