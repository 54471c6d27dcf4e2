import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readQuery } from "@/lib/http/json";
import { asStaff } from "@/lib/sessions/as-staff";
import { tenantVolumeFilterSchema } from "@/lib/support/schema";
import { pageTenants } from "@/lib/support/tenants";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asStaff("tenants:read", async (principal, call) => {
      return json(await pageTenants(principal, readQuery(call, tenantVolumeFilterSchema)));
    }),
  },
  portalError,
);
