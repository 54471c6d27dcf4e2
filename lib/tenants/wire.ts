import { z } from "zod";
import { uuid } from "@/lib/ids";
import {
  authTypeSchema,
  provisionTenantSchema,
  type Tenant,
  updateTenantSchema,
} from "@/lib/tenants/schema";
import { entityTokenSchema } from "@/lib/tokens/wire";

/** The Tenant object of contract §6. */
export const entitySchema = z
  .object({
    EntityId: uuid,
    Name: z.string(),
    Email: z.string(),
    ExtSysId: z.string().nullable(),
    Desc: z.string().nullable(),
    Active: z.boolean(),
    SID: z.string(),
    Domain: z.string().nullable(),
    CreatedAt: z.iso.datetime(),
    AuthType: authTypeSchema,
  })
  .meta({ id: "Entity" });
export type Entity = z.infer<typeof entitySchema>;

export const provisionedEntitySchema = entitySchema
  .extend({ DefaultToken: entityTokenSchema })
  .meta({ id: "ProvisionedEntity" });

/** A Tenant on the wire. */
export function toEntity(tenant: Tenant): Entity {
  return {
    EntityId: tenant.id,
    Name: tenant.name,
    Email: tenant.email,
    ExtSysId: tenant.externalSystemId,
    Desc: tenant.description,
    Active: tenant.status === "active",
    SID: tenant.sid,
    Domain: tenant.domain,
    CreatedAt: tenant.createdAt,
    AuthType: tenant.authType,
  };
}

const { name, email, externalSystemId, description, domain, authType, active } =
  updateTenantSchema.shape;
const details = {
  Name: name,
  Email: email,
  ExtSysId: externalSystemId,
  Desc: description,
  Active: active,
  Domain: domain,
  AuthType: authType,
  EntityId: provisionTenantSchema.shape.id,
};

export const createEntityBody = z
  .strictObject(details)
  .required({ Name: true, Email: true })
  .meta({ id: "CreateEntity" });

export const updateEntityBody = z.strictObject(details).meta({ id: "UpdateEntity" });

/** A body's fields by our own names; what wasn't sent stays out. */
export function fromEntity(body: z.infer<typeof updateEntityBody>) {
  return {
    name: body.Name,
    email: body.Email,
    externalSystemId: body.ExtSysId,
    description: body.Desc,
    active: body.Active,
    domain: body.Domain,
    authType: body.AuthType,
  };
}
