import { z } from "zod";
import { uuid } from "@/lib/ids";
import { label } from "@/lib/text";
import { scopeSchema, tokenStatusSchema } from "@/lib/tokens/schema";

/** Live secrets of a client at most: the one in use, and its successor. */
export const mostSecrets = 2;

export const clientIdForm = /^sbcl_[0-9A-Za-z]{22}$/;

/** A client's public id: no hyphen, so that every library's Basic encoding yields the same bytes. */
export const clientIdSchema = z.string().regex(clientIdForm, "Must be a ClientId.");

export const clientSecretSchema = z.object({
  id: uuid,
  hint: z.string(),
  createdAt: z.iso.datetime(),
});

/** An OAuth client of a Tenant as the product speaks of it; never a secret, never a hash. */
export const clientSchema = z.object({
  tenantId: uuid,
  clientId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  active: z.boolean(),
  status: tokenStatusSchema,
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  /** Live ones, oldest first. */
  secrets: z.array(clientSecretSchema),
});
export type Client = z.infer<typeof clientSchema>;

/** A client at the one moment when a secret of it can be shown. */
export type ClientWithSecret = Client & { secret: string; secretId: string };

export const createClientSchema = z.strictObject({
  name: label,
  active: z.boolean().optional(),
  scopes: z.array(scopeSchema).min(1).optional(),
});
export type CreateClientInput = z.infer<typeof createClientSchema>;

export const updateClientSchema = z
  .strictObject({ name: label.optional(), active: z.boolean().optional() })
  .refine((change) => change.name !== undefined || change.active !== undefined, {
    message: "Give a name, a state, or both.",
  });
export type UpdateClientInput = z.infer<typeof updateClientSchema>;

export const clientFilterSchema = z.strictObject({
  status: tokenStatusSchema.optional(),
  after: clientIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});
export type ClientFilter = z.infer<typeof clientFilterSchema>;
