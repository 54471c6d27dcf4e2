import { z } from "zod";
import { uuid } from "@/lib/ids";
import { label, line, prose } from "@/lib/text";

export const authTypeSchema = z.enum(["SystemAccessToken", "JWT", "Any"]);
export type AuthType = z.infer<typeof authTypeSchema>;
export const tenantStatusSchema = z.enum(["active", "suspended", "deleted"]);

/** A Tenant as the product speaks of it. */
export const tenantSchema = z.object({
  id: uuid,
  name: z.string(),
  email: z.string(),
  externalSystemId: z.string().nullable(),
  description: z.string().nullable(),
  sid: z.string(),
  domain: z.string().nullable(),
  authType: authTypeSchema,
  status: tenantStatusSchema,
  statusReason: z.string().nullable(),
  statusChangedAt: z.iso.datetime(),
  isMaster: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Tenant = z.infer<typeof tenantSchema>;

const email = line(254).pipe(z.email("Must be an e-mail address."));

const details = {
  name: label,
  email,
  externalSystemId: line(200).nullable(),
  description: prose(2000).nullable(),
  domain: line(253).nullable(),
  authType: authTypeSchema,
  active: z.boolean(),
};

export const provisionTenantSchema = z
  .strictObject(details)
  .partial()
  .required({ name: true, email: true })
  .extend({ id: uuid.optional() });
export type ProvisionTenantInput = z.infer<typeof provisionTenantSchema>;

export const updateTenantSchema = z
  .strictObject(details)
  .partial()
  .extend({ statusReason: prose(500).nullable().optional() });
export type UpdateTenantInput = z.infer<typeof updateTenantSchema>;

/** What an admin may change of their own Tenant. */
export const ownTenantChangeSchema = z
  .strictObject({
    name: details.name,
    email: details.email,
    description: details.description,
    authType: details.authType,
  })
  .partial();
export type OwnTenantChange = z.infer<typeof ownTenantChangeSchema>;

/** An operator's switch: suspending says why. */
export const switchTenantSchema = z.discriminatedUnion("active", [
  z.strictObject({
    active: z.literal(false),
    statusReason: prose(500).trim().min(1, "Must not be empty."),
  }),
  z.strictObject({ active: z.literal(true) }),
]);
export type SwitchTenantInput = z.infer<typeof switchTenantSchema>;
