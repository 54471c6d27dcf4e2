import { z } from "zod";
import { uuid } from "@/lib/ids";

const instant = z.iso.datetime();

/** Where a Tenant's audit events are pushed to, and how that goes; never its secret. */
export const webhookSchema = z.object({
  id: uuid,
  tenantId: uuid,
  url: z.string(),
  active: z.boolean(),
  createdAt: instant,
  /** Events not delivered yet. */
  waiting: z.number().int(),
  /** Failed attempts in a row. */
  failures: z.number().int(),
  /** When it is tried next; null while nothing fails. */
  nextAttemptAt: instant.nullable(),
  lastDeliveredAt: instant.nullable(),
  lastFailedAt: instant.nullable(),
  lastError: z.string().nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** A webhook at the one moment when its secret (`whsec_…`) can be shown. */
export type CreatedWebhook = Webhook & { secret: string };

const target = z.string().trim().max(2000);

export const createWebhookSchema = z.strictObject({ url: target });
export type CreateWebhookInput = z.infer<typeof createWebhookSchema>;

export const updateWebhookSchema = z
  .strictObject({ url: target.optional(), active: z.boolean().optional() })
  .refine(({ url, active }) => url !== undefined || active !== undefined, {
    message: "Give a URL, a state, or both.",
  });
export type UpdateWebhookInput = z.infer<typeof updateWebhookSchema>;

export const replayWebhookSchema = z.strictObject({
  /** Sequence of the first event to deliver again. */
  fromSequence: z.int().min(1),
});
export type ReplayWebhookInput = z.infer<typeof replayWebhookSchema>;
