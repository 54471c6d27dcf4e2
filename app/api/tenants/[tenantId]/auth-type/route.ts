import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { readAuthType, setAuthTypeSchema } from "@/lib/tenants/auth-type";
import { updateTenant } from "@/lib/tenants/update";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tokens:read", async (principal, _call, { tenantId }) => {
      return json(await readAuthType(principal, { tenantId }));
    }),
    PUT: asMember("tenant:update", async (principal, call, { tenantId }) => {
      const { authType } = await readJson(call, setAuthTypeSchema);
      await updateTenant(principal, { tenantId, authType });
      return json(await readAuthType(principal, { tenantId }));
    }),
  },
  portalError,
);
