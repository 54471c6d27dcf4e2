import { type Scope, scopesOfTenant } from "@/lib/scopes";

export { type Scope, scopesOfTenant };

/** What each scope lets its holder do. */
export const scopeMeaning: Record<Scope, string> = {
  broker: "Call the ServiceBroker APIs",
  "tokens:read": "List this Tenant's tokens",
  "tokens:manage": "Issue, replace and revoke this Tenant's tokens",
  "audit:read": "Read this Tenant's audit log",
  introspect: "Ask whether other tokens of this Tenant are good",
  "tenants:manage": "Provision, suspend and delete Tenants",
};
