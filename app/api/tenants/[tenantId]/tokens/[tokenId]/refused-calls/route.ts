import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { getToken } from "@/lib/tokens/get";
import { listRefusedSources } from "@/lib/usage/refused-sources";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("audit:read", async (principal, _call, ids) => {
      const { id, tenantId } = await getToken(principal, ids);
      return json(await listRefusedSources(principal, { tenantId, credentialId: id }));
    }),
  },
  portalError,
);
