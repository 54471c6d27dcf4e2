import { randomBytes } from "node:crypto";
import type { TenantRow } from "@/db/queries/tenants";
import type { Tenant } from "@/lib/tenants/schema";

/** A stored Tenant as the product speaks of it. */
export function toTenant(row: TenantRow): Tenant {
  return {
    ...row,
    statusChangedAt: row.statusChangedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

/** A fresh public Tenant id (`SID`): 80 random bits as 16 characters of base32. */
export function generateSid(): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join("");
}

/** What an audit event says of a Tenant. */
export function auditedTenant(row: TenantRow): Record<string, unknown> {
  const { name, email, externalSystemId, description, domain, authType, status, statusReason } =
    row;
  return { name, email, externalSystemId, description, domain, authType, status, statusReason };
}
