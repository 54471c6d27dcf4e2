import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { getTenant } from "@/lib/tenants/get";
import { ownTenantChangeSchema } from "@/lib/tenants/schema";
import { updateTenant } from "@/lib/tenants/update";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tenant:read", async (principal, _call, { tenantId }) => {
      return json(await getTenant(principal, { tenantId }));
    }),
    PATCH: asMember("tenant:update", async (principal, call, { tenantId }) => {
      const change = await readJson(call, ownTenantChangeSchema);
      return json(await updateTenant(principal, { ...change, tenantId }));
    }),
  },
  portalError,
);
