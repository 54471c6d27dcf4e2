import { onPlatform } from "@/db/client";
import { listTenantsOfUser } from "@/db/queries/sessions";
import type { UserPrincipal } from "@/lib/principal";

/** A Tenant that somebody belongs to, as the switcher shows it. */
export type MyTenant = {
  id: string;
  name: string;
  domain: string | null;
  status: "active" | "suspended" | "deleted";
  role: "admin" | "viewer";
};

/** The Tenants that a person belongs to, by name. */
export async function listMyTenants(principal: UserPrincipal): Promise<MyTenant[]> {
  const rows = await onPlatform((tx) => listTenantsOfUser(tx, principal.userId));
  return rows.map(({ tenantId, ...tenant }) => ({ id: tenantId, ...tenant }));
}
