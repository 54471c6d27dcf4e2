import { onPlatform } from "@/db/client";
import { findTenantOfClient } from "@/db/queries/clients";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

/** Whose a client is, by its ClientId. For those who see all Tenants. @throws AppError `not_found` */
export async function getTenantOfClient(
  principal: Principal,
  input: { clientId: string },
): Promise<string> {
  demand(principal, null, "tenants:read");
  const tenantId = await onPlatform((tx) => findTenantOfClient(tx, input.clientId));
  if (!tenantId) throw notFound("client");
  return tenantId;
}
