import { clientIdFromPath } from "@/lib/clients/client";
import { updateClientSchema } from "@/lib/clients/schema";
import { updateClient } from "@/lib/clients/update";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    PATCH: asMember("tokens:manage", async (principal, call, { tenantId }, params) => {
      const clientId = clientIdFromPath(params.clientId);
      const change = await readJson(call, updateClientSchema);
      return json(await updateClient(principal, { ...change, tenantId, clientId }));
    }),
  },
  portalError,
);
