import { clientIdFromPath } from "@/lib/clients/client";
import { getClient } from "@/lib/clients/get";
import { revokeClient } from "@/lib/clients/revoke";
import { updateClient } from "@/lib/clients/update";
import { toEntityClient, updateEntityClientBody } from "@/lib/clients/wire";
import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { agreesWithPath, json, readJson } from "@/lib/http/json";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("tokens:read", async (principal, _call, { id }) => {
    const input = { tenantId: principal.tenantId, clientId: clientIdFromPath(id) };
    return json(toEntityClient(await getClient(principal, input)));
  }),
  PUT: asSystem("tokens:manage", async (principal, call, { id }) => {
    const { tenantId } = principal;
    const { ClientId, EntityId, Name, Active } = await readJson(call, updateEntityClientBody);
    const clientId = clientIdFromPath(id);
    agreesWithPath({ ClientId: [ClientId, clientId], EntityId: [EntityId, tenantId] });
    const input = { tenantId, clientId, name: Name, active: Active };
    return json(toEntityClient(await updateClient(principal, input)));
  }),
  DELETE: asSystem("tokens:manage", async (principal, _call, { id }) => {
    const input = { tenantId: principal.tenantId, clientId: clientIdFromPath(id) };
    return json(toEntityClient(await revokeClient(principal, input)));
  }),
});
