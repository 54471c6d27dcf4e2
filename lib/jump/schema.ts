import { z } from "zod";
import { uuid } from "@/lib/ids";
import { foundCredentialSchema, foundTenantSchema } from "@/lib/support/schema";
import { line } from "@/lib/text";

/** What somebody types to go somewhere: in a body, never in a URL, since it may be a whole token. */
export const jumpSchema = z.strictObject({
  query: line(8192).trim(),
  /** The Tenant that is being looked at. */
  tenantId: uuid.optional(),
});

/** Where it may lead: only what the person may look at. */
export const destinationsSchema = z.object({
  tokens: z.array(foundCredentialSchema.omit({ kind: true, publicId: true, lastUsedAt: true })),
  tenants: z.array(foundTenantSchema),
});
export type Destinations = z.infer<typeof destinationsSchema>;
