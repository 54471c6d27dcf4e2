import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { agreesWithPath, json, readJson } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { deleteTenant } from "@/lib/tenants/delete";
import { getTenant } from "@/lib/tenants/get";
import { updateTenant } from "@/lib/tenants/update";
import { fromEntity, toEntity, updateEntityBody } from "@/lib/tenants/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem(null, async (principal, _call, { id }) => {
    return json(toEntity(await getTenant(principal, { tenantId: idFromPath(id, "Tenant") })));
  }),
  PUT: asSystem(null, async (principal, call, { id }) => {
    const tenantId = idFromPath(id, "Tenant");
    const body = await readJson(call, updateEntityBody);
    agreesWithPath({ EntityId: [body.EntityId, tenantId] });
    return json(toEntity(await updateTenant(principal, { ...fromEntity(body), tenantId })));
  }),
  DELETE: asSystem("tenants:manage", async (principal, _call, { id }) => {
    return json(toEntity(await deleteTenant(principal, { tenantId: idFromPath(id, "Tenant") })));
  }),
});
