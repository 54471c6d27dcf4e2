import { queryOptions } from "@tanstack/react-query";
import type { AuditEvent } from "@/lib/audit/schema";
import { call } from "@/lib/browser/http";
import type { MyTenant } from "@/lib/tenants/mine";
import type { Overview } from "@/lib/tenants/overview";
import type { Tenant } from "@/lib/tenants/schema";
import type { Attention } from "@/lib/usage/schema";

export type { Attention, AuditEvent, MyTenant, Overview, Tenant };

/** What a person is to a Tenant whose pages they look at. */
export type Standing = "admin" | "viewer" | "support" | "operator";

/** A Tenant at a glance. */
export const overviewQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ["tenants", tenantId, "overview"],
    queryFn: ({ signal }) => call<Overview>("GET", `/api/tenants/${tenantId}/overview`, { signal }),
  });
