import { addClientSecret } from "@/lib/clients/add-secret";
import { clientIdFromPath } from "@/lib/clients/client";
import { toEntityClient } from "@/lib/clients/wire";
import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json } from "@/lib/http/json";
import { idempotencyKeyOf } from "@/lib/idempotency/key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: asSystem("tokens:manage", async (principal, call, { id }) => {
    const input = {
      tenantId: principal.tenantId,
      clientId: clientIdFromPath(id),
      idempotencyKey: idempotencyKeyOf(call),
    };
    return json(toEntityClient(await addClientSecret(principal, input)));
  }),
});
