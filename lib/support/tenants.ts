import { onPlatform } from "@/db/client";
import { listTenantVolumes } from "@/db/queries/support";
import { demand } from "@/lib/authorize";
import type { Principal } from "@/lib/principal";
import type { TenantVolume, TenantVolumeFilter } from "@/lib/support/schema";

/**
 * Tenants by name with their status and volume, `limit` (50 unless told) after the one named.
 * @throws AppError `forbidden` for all but staff and the master Tenant.
 */
export function listTenantsWithVolume(
  principal: Principal,
  input: TenantVolumeFilter = {},
): Promise<TenantVolume[]> {
  demand(principal, null, "tenants:read");
  return onPlatform((tx) => listTenantVolumes(tx, { ...input, limit: input.limit ?? 50 }));
}
