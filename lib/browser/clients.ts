import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type {
  Client,
  ClientWithSecret,
  CreateClientInput,
  UpdateClientInput,
} from "@/lib/clients/schema";
import type { AuthTypeSetting } from "@/lib/tenants/auth-type";
import type { AuthType } from "@/lib/tenants/schema";

export type { AuthType, AuthTypeSetting, Client, ClientWithSecret };

const path = (tenantId: string) => `/api/tenants/${tenantId}/clients`;

/** A Tenant's clients, newest first. */
export const clientsQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "clients"],
    queryFn: ({ signal }) => call<Client[]>("GET", path(tenantId), { signal }),
  });

/** A Tenant's AuthType, and the credentials that each choice leaves out. */
export const authTypeQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "auth-type"],
    queryFn: ({ signal }) =>
      call<AuthTypeSetting>("GET", `/api/tenants/${tenantId}/auth-type`, { signal }),
  });

export const setAuthType = (tenantId: string, authType: AuthType) =>
  call<AuthTypeSetting>("PUT", `/api/tenants/${tenantId}/auth-type`, { body: { authType } });

export const createClient = (tenantId: string, input: CreateClientInput) =>
  call<ClientWithSecret>("POST", path(tenantId), { body: input });

export const updateClient = (tenantId: string, clientId: string, change: UpdateClientInput) =>
  call<Client>("PATCH", `${path(tenantId)}/${clientId}`, { body: change });

export const revokeClient = (tenantId: string, clientId: string) =>
  call<Client>("POST", `${path(tenantId)}/${clientId}/revoke`);

export const addSecret = (tenantId: string, clientId: string) =>
  call<ClientWithSecret>("POST", `${path(tenantId)}/${clientId}/secrets`);

export const retireSecret = (tenantId: string, clientId: string, secretId: string) =>
  call<Client>("DELETE", `${path(tenantId)}/${clientId}/secrets/${secretId}`);
