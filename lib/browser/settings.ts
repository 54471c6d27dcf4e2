import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type {
  AuthType,
  AuthTypeImpact,
  CredentialsInUse,
  OwnTenantChange,
  Tenant,
} from "@/lib/tenants/schema";

export type { AuthType, AuthTypeImpact, CredentialsInUse, Tenant };

const path = (tenantId: string) => `/api/tenants/${tenantId}`;

/** A Tenant's details. */
export const tenantQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "details"],
    queryFn: ({ signal }) => call<Tenant>("GET", path(tenantId), { signal }),
  });

/** Which credentials depend on the Tenant's AuthType. */
export const authTypeQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "auth-type"],
    queryFn: ({ signal }) => call<AuthTypeImpact>("GET", `${path(tenantId)}/auth-type`, { signal }),
  });

export const updateTenant = (tenantId: string, change: OwnTenantChange) =>
  call<Tenant>("PATCH", path(tenantId), { body: change });

export const authTypeMeaning: Record<AuthType, { name: string; meaning: string }> = {
  Any: { name: "Tokens and JWTs", meaning: "A system may call with either." },
  SystemAccessToken: {
    name: "System Access Tokens only",
    meaning: "JWTs are refused, and clients get no new ones.",
  },
  JWT: { name: "JWTs only", meaning: "System Access Tokens are refused." },
};
