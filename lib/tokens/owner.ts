import { onPlatform } from "@/db/client";
import { findTenantOfToken } from "@/db/queries/tokens";
import { demand } from "@/lib/authorize";
import { notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";

/** Whose a token is, by its id. For those who see all Tenants. @throws AppError `not_found` */
export async function getTenantOfToken(
  principal: Principal,
  input: { tokenId: string },
): Promise<string> {
  demand(principal, null, "tenants:read");
  const tenantId = await onPlatform((tx) => findTenantOfToken(tx, input.tokenId));
  if (!tenantId) throw notFound("token");
  return tenantId;
}
