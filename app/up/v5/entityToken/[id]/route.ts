import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { agreesWithPath, json, readJson } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { getToken } from "@/lib/tokens/get";
import { revokeToken } from "@/lib/tokens/revoke";
import { updateToken } from "@/lib/tokens/update";
import { toEntityToken, updateEntityTokenBody } from "@/lib/tokens/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("tokens:read", async (principal, _call, { id }) => {
    const input = { tenantId: principal.tenantId, tokenId: idFromPath(id, "token") };
    return json(toEntityToken(await getToken(principal, input)));
  }),
  PUT: asSystem("tokens:manage", async (principal, call, { id }) => {
    const { tenantId } = principal;
    const tokenId = idFromPath(id, "token");
    const { Id, EntityId, Name, Active } = await readJson(call, updateEntityTokenBody);
    agreesWithPath({ Id: [Id, tokenId], EntityId: [EntityId, tenantId] });
    const input = { tenantId, tokenId, name: Name, active: Active };
    return json(toEntityToken(await updateToken(principal, input)));
  }),
  DELETE: asSystem("tokens:manage", async (principal, _call, { id }) => {
    const input = { tenantId: principal.tenantId, tokenId: idFromPath(id, "token") };
    return json(toEntityToken(await revokeToken(principal, input)));
  }),
});
