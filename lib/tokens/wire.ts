import { z } from "zod";
import { uuid } from "@/lib/ids";
import { label } from "@/lib/text";
import {
  type IssuedToken,
  longestOverlapSeconds,
  scopeSchema,
  type Token,
  tokenStatusSchema,
} from "@/lib/tokens/schema";

/** The System Access Token object of contract §2. */
export const entityTokenSchema = z
  .object({
    EntityId: uuid,
    Id: uuid,
    Name: z.string(),
    JWT: z
      .string()
      .nullable()
      .describe("The token, in the answer that creates it; null ever after."),
    Active: z.boolean(),
    Hint: z.string(),
    Scopes: z.array(z.string()),
    Status: tokenStatusSchema,
    CreatedAt: z.iso.datetime(),
    LastUsedAt: z.iso.datetime().nullable(),
    RevokeAt: z.iso.datetime().nullable(),
    RevokedAt: z.iso.datetime().nullable(),
    Replaces: uuid.nullable(),
    ReplacedBy: uuid.nullable(),
  })
  .meta({ id: "EntityToken" });
export type EntityToken = z.infer<typeof entityTokenSchema>;

/** A token on the wire; `JWT` only where its secret has just been made. */
export function toEntityToken(token: Token | IssuedToken): EntityToken {
  return {
    EntityId: token.tenantId,
    Id: token.id,
    Name: token.name,
    JWT: "secret" in token ? token.secret : null,
    Active: token.status === "Active",
    Hint: token.hint,
    Scopes: token.scopes,
    Status: token.status,
    CreatedAt: token.createdAt,
    LastUsedAt: token.lastUsedAt,
    RevokeAt: token.revokeAt,
    RevokedAt: token.revokedAt,
    Replaces: token.replaces,
    ReplacedBy: token.replacedBy,
  };
}

export const createEntityTokenBody = z
  .strictObject({
    Name: label,
    Active: z.boolean().optional(),
    Scopes: z.array(scopeSchema).min(1).optional(),
  })
  .meta({ id: "CreateEntityToken" });

export const updateEntityTokenBody = z
  .strictObject({
    Id: uuid.optional(),
    EntityId: uuid.optional(),
    Name: label.optional(),
    Active: z.boolean().optional(),
  })
  .refine(
    (body) => body.Name !== undefined || body.Active !== undefined,
    "Send Name, Active, or both.",
  )
  .meta({ id: "UpdateEntityToken" });

export const replaceEntityTokenBody = z
  .strictObject({
    OverlapSeconds: z.int().min(0).max(longestOverlapSeconds),
    Name: label.optional(),
  })
  .meta({ id: "ReplaceEntityToken" });

export const listEntityTokensQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  after: uuid.optional(),
  status: tokenStatusSchema.optional(),
});
