import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/schema";
import { uuid } from "@/lib/ids";
import { scopes } from "@/lib/scopes";
import { label, line } from "@/lib/text";

/** Thirty days, the longest overlap of a replacement. */
export const longestOverlapSeconds = 30 * 24 * 60 * 60;

export const scopeSchema = z.enum(scopes);
export const tokenStatusSchema = z.enum(["Active", "Inactive", "Revoked"]);

/** A System Access Token as the product speaks of it; never its secret, never its hash. */
export const tokenSchema = z.object({
  id: uuid,
  tenantId: uuid,
  name: z.string(),
  hint: z.string(),
  scopes: z.array(z.string()),
  active: z.boolean(),
  status: tokenStatusSchema,
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokeAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  replaces: uuid.nullable(),
  replacedBy: uuid.nullable(),
});
export type Token = z.infer<typeof tokenSchema>;

/** A token at the one moment when its secret can be shown. */
export type IssuedToken = Token & { secret: string };

/** A token, those before and after it in the chain of replacements, and the event that made it. */
export type TokenDetail = Token & {
  predecessor: Token | null;
  successor: Token | null;
  issue: AuditEvent | null;
};

export const issueTokenSchema = z.strictObject({
  name: label,
  active: z.boolean().optional(),
  scopes: z.array(scopeSchema).min(1).optional(),
});
export type IssueTokenInput = z.infer<typeof issueTokenSchema>;

export const updateTokenSchema = z
  .strictObject({ name: label.optional(), active: z.boolean().optional() })
  .refine((change) => change.name !== undefined || change.active !== undefined, {
    message: "Give a name, a state, or both.",
  });
export type UpdateTokenInput = z.infer<typeof updateTokenSchema>;

export const replaceTokenSchema = z.strictObject({
  name: label.optional(),
  /** 0 revokes the predecessor at once. */
  overlapSeconds: z.int().min(0).max(longestOverlapSeconds),
});
export type ReplaceTokenInput = z.infer<typeof replaceTokenSchema>;

export const tokenFilterSchema = z.strictObject({
  status: tokenStatusSchema.optional(),
  search: line(100).optional(),
  after: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});
export type TokenFilter = z.infer<typeof tokenFilterSchema>;

/** What of a Tenant's tokens is looked at, in which order; `after` or `before` names a token. */
export const tokenViewSchema = z.strictObject({
  search: line(100).optional(),
  status: tokenStatusSchema.optional(),
  sort: z.enum(["name", "created", "used"]).default("created"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  after: z.uuid().optional(),
  before: z.uuid().optional(),
});
export type TokenView = z.infer<typeof tokenViewSchema>;

/** A page of tokens: `skipped` come before it, of `total` in the view. */
export type TokenPage = {
  tokens: Token[];
  counts: Record<z.infer<typeof tokenStatusSchema>, number>;
  total: number;
  skipped: number;
};
