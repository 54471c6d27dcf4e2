import { addClientSecret } from "@/lib/clients/add-secret";
import { clientIdFromPath } from "@/lib/clients/client";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asMember("tokens:manage", async (principal, _call, { tenantId }, params) => {
      const clientId = clientIdFromPath(params.clientId);
      return json(await addClientSecret(principal, { tenantId, clientId }));
    }),
  },
  portalError,
);
