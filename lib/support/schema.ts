import { z } from "zod";
import { uuid } from "@/lib/ids";
import { tenantStatusSchema } from "@/lib/tenants/schema";
import { line } from "@/lib/text";
import { type Refusal, refusalFilterSchema, refusalSchema } from "@/lib/usage/schema";

const instant = z.iso.datetime();

/** What support types or pastes: sent in a body, never in a URL, since it may be a whole token. */
export const supportSearchSchema = z.strictObject({ query: line(8192).trim().min(1) });

export const foundTenantSchema = z.object({
  id: uuid,
  name: z.string(),
  domain: z.string().nullable(),
  status: z.string(),
});
export const foundCredentialSchema = z.object({
  kind: z.enum(["token", "client"]),
  id: uuid,
  /** `client_id` of a client; the id itself of a token. */
  publicId: z.string(),
  name: z.string(),
  hint: z.string().nullable(),
  status: z.enum(["Active", "Inactive", "Revoked"]),
  tenantId: uuid,
  tenantName: z.string(),
  lastUsedAt: instant.nullable(),
});
export const foundEventSchema = z.object({
  id: uuid,
  tenantId: uuid,
  tenantName: z.string(),
  action: z.string(),
  actorName: z.string(),
  targetName: z.string().nullable(),
  occurredAt: instant,
});

/** How the text was understood. `broken-secret`: looks like one of ours, but was cut or mistyped. */
export const searchKindSchema = z.enum([
  "token",
  "secret",
  "jwt",
  "broken-secret",
  "hint",
  "id",
  "text",
]);

export const supportSearchResultSchema = z.object({
  understoodAs: searchKindSchema,
  tenants: z.array(foundTenantSchema),
  credentials: z.array(foundCredentialSchema),
  refusals: z.array(refusalSchema),
  events: z.array(foundEventSchema),
});
export type SupportSearchResult = z.infer<typeof supportSearchResultSchema>;

export const tenantVolumeSchema = z.object({
  id: uuid,
  name: z.string(),
  domain: z.string().nullable(),
  isMaster: z.boolean(),
  status: tenantStatusSchema,
  statusReason: z.string().nullable(),
  statusChangedAt: instant,
  /** Tokens and clients that are not revoked. */
  liveTokens: z.number(),
  liveClients: z.number(),
  /** Calls of the last 24 hours, to the hour. */
  accepted24: z.number(),
  refused24: z.number(),
  lastUsedAt: instant.nullable(),
});
export type TenantVolume = z.infer<typeof tenantVolumeSchema>;

export const tenantVolumeFilterSchema = z.strictObject({
  search: line(100).optional(),
  status: tenantStatusSchema.optional(),
  after: uuid.optional(),
  /** Without `after`: the page that ends before this one. */
  before: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type TenantVolumeFilter = z.infer<typeof tenantVolumeFilterSchema>;

/** Tenants in view, and whether there are more on either side. */
export type TenantVolumePage = { tenants: TenantVolume[]; hasPrevious: boolean; hasNext: boolean };

/** Refused calls of one Tenant, or of all and of nobody's. */
export const refusalViewSchema = refusalFilterSchema.extend({ tenantId: uuid.optional() });
export type RefusalView = z.infer<typeof refusalViewSchema>;
export type RefusalPage = { refusals: Refusal[]; hasPrevious: boolean; hasNext: boolean };
