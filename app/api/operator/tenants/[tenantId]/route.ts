import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asStaff } from "@/lib/sessions/as-staff";
import { deleteTenant } from "@/lib/tenants/delete";
import { switchTenantSchema } from "@/lib/tenants/schema";
import { updateTenant } from "@/lib/tenants/update";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    PATCH: asStaff("tenants:manage", async (principal, call, ids) => {
      const change = await readJson(call, switchTenantSchema);
      return json(await updateTenant(principal, { ...change, ...ids }));
    }),
    DELETE: asStaff("tenants:manage", async (principal, _call, ids) => {
      return json(await deleteTenant(principal, ids));
    }),
  },
  portalError,
);
