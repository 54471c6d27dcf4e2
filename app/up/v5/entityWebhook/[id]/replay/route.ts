import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readJson } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { replayWebhook } from "@/lib/webhooks/replay";
import { replayEntityWebhookBody } from "@/lib/webhooks/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: asSystem("audit:read", async (principal, call, { id }) => {
    const webhookId = idFromPath(id, "webhook");
    const { FromSequence } = await readJson(call, replayEntityWebhookBody);
    const { tenantId } = principal;
    const input = { tenantId, webhookId, fromSequence: FromSequence };
    const { queued } = await replayWebhook(principal, input);
    return json({ Queued: queued });
  }),
});
