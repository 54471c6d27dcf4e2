import { onPlatform } from "@/db/client";
import { listTenants as queryTenants } from "@/db/queries/tenants";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { Tenant } from "@/lib/tenants/schema";
import { toTenant } from "@/lib/tenants/tenant";

/** All Tenants by name, deleted ones left out unless asked for. For staff, operator and master. */
export async function listTenants(
  principal: Principal,
  input: { search?: string; deleted?: boolean; limit?: number } = {},
): Promise<Tenant[]> {
  demand(principal, null, "tenants:read");
  const rows = await onPlatform((tx) => queryTenants(tx, input));
  return rows.map(toTenant);
}
