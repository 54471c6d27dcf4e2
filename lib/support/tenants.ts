import { onPlatform } from "@/db/client";
import { listTenantVolumes } from "@/db/queries/support";
import { demand } from "@/lib/authorize";
import { cutPage } from "@/lib/page-edges";
import type { Principal } from "@/lib/principal";
import type { TenantVolumeFilter, TenantVolumePage } from "@/lib/support/schema";
import { mergeCounts } from "@/lib/usage/merge";

/**
 * A page of Tenants by name with their status and volume, `limit` (50 unless told), in both
 * directions by keyset.
 * @throws AppError `forbidden` for all but staff and the master Tenant.
 */
export async function pageTenants(
  principal: Principal,
  input: TenantVolumeFilter = {},
): Promise<TenantVolumePage> {
  demand(principal, null, "tenants:read");
  await mergeCounts();
  const { limit = 50, ...query } = input;
  const found = await onPlatform((tx) => listTenantVolumes(tx, { ...query, limit: limit + 1 }));
  const { rows, ...edges } = cutPage(found, query, limit);
  return { tenants: rows, ...edges };
}
