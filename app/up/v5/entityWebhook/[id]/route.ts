import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readJson } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { getWebhook } from "@/lib/webhooks/list";
import { removeWebhook, updateWebhook } from "@/lib/webhooks/update";
import { toEntityWebhook, updateEntityWebhookBody } from "@/lib/webhooks/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("audit:read", async (principal, _call, { id }) => {
    const input = { tenantId: principal.tenantId, webhookId: idFromPath(id, "webhook") };
    return json(toEntityWebhook(await getWebhook(principal, input)));
  }),
  PUT: asSystem("audit:read", async (principal, call, { id }) => {
    const webhookId = idFromPath(id, "webhook");
    const { Url, Active } = await readJson(call, updateEntityWebhookBody);
    const input = { tenantId: principal.tenantId, webhookId, url: Url, active: Active };
    return json(toEntityWebhook(await updateWebhook(principal, input)));
  }),
  DELETE: asSystem("audit:read", async (principal, _call, { id }) => {
    const input = { tenantId: principal.tenantId, webhookId: idFromPath(id, "webhook") };
    return json(toEntityWebhook(await removeWebhook(principal, input)));
  }),
});
