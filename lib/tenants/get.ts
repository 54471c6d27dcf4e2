import { onPlatform } from "@/db/client";
import { findMasterTenant, findTenant } from "@/db/queries/tenants";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import type { Tenant } from "@/lib/tenants/schema";
import { toTenant } from "@/lib/tenants/tenant";

/** One Tenant. @throws AppError `not_found` where it is absent or not the caller's to see. */
export async function getTenant(
  principal: Principal,
  input: { tenantId: string },
): Promise<Tenant> {
  demand(principal, input.tenantId, "tenant:read");
  const row = await onPlatform((tx) => findTenant(tx, input.tenantId));
  if (!row) throw notFound("Tenant");
  return toTenant(row);
}

/** The master Tenant. @throws AppError `not_found` before the first run. */
export async function getMasterTenant(principal: Principal): Promise<Tenant> {
  demand(principal, null, "tenants:read");
  const row = await onPlatform((tx) => findMasterTenant(tx));
  if (!row) throw notFound("Tenant");
  return toTenant(row);
}
