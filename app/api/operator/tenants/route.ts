import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asStaff } from "@/lib/sessions/as-staff";
import { provisionTenant } from "@/lib/tenants/provision";
import { provisionTenantSchema } from "@/lib/tenants/schema";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asStaff("tenants:manage", async (principal, call) => {
      return json(await provisionTenant(principal, await readJson(call, provisionTenantSchema)));
    }),
  },
  portalError,
);
