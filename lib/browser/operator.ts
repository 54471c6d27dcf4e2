import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type { SigningKey } from "@/lib/keys/schema";
import type { ProvisionedTenant } from "@/lib/tenants/provision";
import type { ProvisionTenantInput, SwitchTenantInput, Tenant } from "@/lib/tenants/schema";

export type { ProvisionedTenant, ProvisionTenantInput, SigningKey };

const path = (tenantId: string) => `/api/operator/tenants/${tenantId}`;

export const provisionTenant = (input: ProvisionTenantInput) =>
  call<ProvisionedTenant>("POST", "/api/operator/tenants", { body: input });

export const switchTenant = (tenantId: string, input: SwitchTenantInput) =>
  call<Tenant>("PATCH", path(tenantId), { body: input });

export const deleteTenant = (tenantId: string) => call<Tenant>("DELETE", path(tenantId));

/** The keys that sign JWTs, in the order in which they sign. */
export const signingKeysQuery = queryOptions({
  queryKey: ["platform", "keys"],
  queryFn: ({ signal }) => call<SigningKey[]>("GET", "/api/operator/keys", { signal }),
});

export const rotateKeys = () =>
  call<{ keys: SigningKey[]; takeover: string; pending: boolean }>(
    "POST",
    "/api/operator/keys/rotate",
  );
