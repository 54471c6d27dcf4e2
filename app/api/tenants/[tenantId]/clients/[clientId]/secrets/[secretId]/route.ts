import { clientIdFromPath } from "@/lib/clients/client";
import { retireClientSecret } from "@/lib/clients/retire-secret";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    DELETE: asMember("tokens:manage", async (principal, _call, { tenantId }, params) => {
      const clientId = clientIdFromPath(params.clientId);
      const secretId = idFromPath(params.secretId, "secret");
      return json(await retireClientSecret(principal, { tenantId, clientId, secretId }));
    }),
  },
  portalError,
);
