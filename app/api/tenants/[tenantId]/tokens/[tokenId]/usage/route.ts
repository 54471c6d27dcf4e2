import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readQuery } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { getToken } from "@/lib/tokens/get";
import { getCredentialPeriod } from "@/lib/usage/credential-period";
import { periodQuerySchema } from "@/lib/usage/schema";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tokens:read", async (principal, call, ids) => {
      const { period } = readQuery(call, periodQuerySchema);
      const { id, tenantId } = await getToken(principal, ids);
      return json(await getCredentialPeriod(principal, { tenantId, credentialId: id, period }));
    }),
  },
  portalError,
);
