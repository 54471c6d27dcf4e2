import { clientIdFromPath } from "@/lib/clients/client";
import { retireClientSecret } from "@/lib/clients/retire-secret";
import { toEntityClient } from "@/lib/clients/wire";
import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  DELETE: asSystem("tokens:manage", async (principal, _call, { id, secretId }) => {
    const input = {
      tenantId: principal.tenantId,
      clientId: clientIdFromPath(id),
      secretId: idFromPath(secretId, "secret"),
    };
    return json(toEntityClient(await retireClientSecret(principal, input)));
  }),
});
