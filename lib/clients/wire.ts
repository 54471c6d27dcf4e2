import { z } from "zod";
import { type Client, type ClientWithSecret, clientIdSchema } from "@/lib/clients/schema";
import { uuid } from "@/lib/ids";
import { label } from "@/lib/text";
import { scopeSchema, tokenStatusSchema } from "@/lib/tokens/schema";

/** A client on the wire, in the manner of the System Access Token object. */
export const entityClientSchema = z
  .object({
    EntityId: uuid,
    ClientId: z.string(),
    Name: z.string(),
    Scopes: z.array(z.string()),
    Active: z.boolean(),
    Status: tokenStatusSchema,
    CreatedAt: z.iso.datetime(),
    LastUsedAt: z.iso.datetime().nullable(),
    RevokedAt: z.iso.datetime().nullable(),
    Secrets: z
      .array(z.object({ Id: uuid, Hint: z.string(), CreatedAt: z.iso.datetime() }))
      .describe("Live ones, oldest first; two at most."),
  })
  .meta({ id: "EntityClient" });

export const entityClientWithSecretSchema = entityClientSchema
  .extend({
    ClientSecret: z.string().describe("Shown in this answer and never again."),
    ClientSecretId: uuid,
  })
  .meta({ id: "EntityClientWithSecret" });

export type EntityClient = z.infer<typeof entityClientSchema> & {
  ClientSecret?: string;
  ClientSecretId?: string;
};

/** A client on the wire; with `ClientSecret` only where it has just been made. */
export function toEntityClient(client: Client | ClientWithSecret): EntityClient {
  return {
    EntityId: client.tenantId,
    ClientId: client.clientId,
    Name: client.name,
    Scopes: client.scopes,
    Active: client.status === "Active",
    Status: client.status,
    CreatedAt: client.createdAt,
    LastUsedAt: client.lastUsedAt,
    RevokedAt: client.revokedAt,
    Secrets: client.secrets.map(({ id, hint, createdAt }) => ({
      Id: id,
      Hint: hint,
      CreatedAt: createdAt,
    })),
    ...("secret" in client ? { ClientSecret: client.secret, ClientSecretId: client.secretId } : {}),
  };
}

export const createEntityClientBody = z
  .strictObject({
    Name: label,
    Active: z.boolean().optional(),
    Scopes: z.array(scopeSchema).min(1).optional(),
  })
  .meta({ id: "CreateEntityClient" });

export const updateEntityClientBody = z
  .strictObject({
    ClientId: clientIdSchema.optional(),
    EntityId: uuid.optional(),
    Name: label.optional(),
    Active: z.boolean().optional(),
  })
  .refine(
    (body) => body.Name !== undefined || body.Active !== undefined,
    "Send Name, Active, or both.",
  )
  .meta({ id: "UpdateEntityClient" });
