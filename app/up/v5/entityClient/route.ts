import { createClient } from "@/lib/clients/create";
import { listClients } from "@/lib/clients/list";
import { clientFilterSchema } from "@/lib/clients/schema";
import { createEntityClientBody, toEntityClient } from "@/lib/clients/wire";
import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readJson, readQuery } from "@/lib/http/json";
import { idempotencyKeyOf } from "@/lib/idempotency/key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("tokens:read", async (principal, call) => {
    const filter = readQuery(call, clientFilterSchema);
    const clients = await listClients(principal, { ...filter, tenantId: principal.tenantId });
    return json(clients.map(toEntityClient));
  }),
  POST: asSystem("tokens:manage", async (principal, call) => {
    const { Name, Active, Scopes } = await readJson(call, createEntityClientBody);
    const input = {
      tenantId: principal.tenantId,
      name: Name,
      active: Active,
      scopes: Scopes,
      idempotencyKey: idempotencyKeyOf(call),
    };
    return json(toEntityClient(await createClient(principal, input)));
  }),
});
