import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type { OwnTenantChange, Tenant } from "@/lib/tenants/schema";

export type { Tenant };

const path = (tenantId: string) => `/api/tenants/${tenantId}`;

/** A Tenant's details. */
export const tenantQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "details"],
    queryFn: ({ signal }) => call<Tenant>("GET", path(tenantId), { signal }),
  });

export const updateTenant = (tenantId: string, change: OwnTenantChange) =>
  call<Tenant>("PATCH", path(tenantId), { body: change });
