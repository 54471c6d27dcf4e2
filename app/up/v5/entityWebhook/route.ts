import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readJson } from "@/lib/http/json";
import { createWebhook } from "@/lib/webhooks/create";
import { listWebhooks } from "@/lib/webhooks/list";
import { createEntityWebhookBody, toEntityWebhook } from "@/lib/webhooks/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("audit:read", async (principal) => {
    const { tenantId } = principal;
    return json((await listWebhooks(principal, { tenantId })).map(toEntityWebhook));
  }),
  POST: asSystem("audit:read", async (principal, call) => {
    const { tenantId } = principal;
    const { Url } = await readJson(call, createEntityWebhookBody);
    return json(toEntityWebhook(await createWebhook(principal, { tenantId, url: Url })));
  }),
});
