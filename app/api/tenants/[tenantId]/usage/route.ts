import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readQuery } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { periodQuerySchema } from "@/lib/usage/schema";
import { getTenantUsage } from "@/lib/usage/tenant";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tokens:read", async (principal, call, { tenantId }) => {
      const { period } = readQuery(call, periodQuerySchema);
      return json(await getTenantUsage(principal, { tenantId, period }));
    }),
  },
  portalError,
);
