import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readJson } from "@/lib/http/json";
import { idempotencyKeyOf } from "@/lib/idempotency/key";
import { provisionTenant } from "@/lib/tenants/provision";
import { createEntityBody, fromEntity, toEntity } from "@/lib/tenants/wire";
import { toEntityToken } from "@/lib/tokens/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: asSystem("tenants:manage", async (principal, call) => {
    const body = await readJson(call, createEntityBody);
    const { tenant, defaultToken } = await provisionTenant(principal, {
      ...fromEntity(body),
      name: body.Name,
      email: body.Email,
      id: body.EntityId,
      idempotencyKey: idempotencyKeyOf(call),
    });
    return json({ ...toEntity(tenant), DefaultToken: toEntityToken(defaultToken) });
  }),
});
