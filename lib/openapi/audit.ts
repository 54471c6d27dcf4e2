import { z } from "zod";
import { auditEventWireSchema, listAuditQuery } from "@/lib/audit/wire";
import type { Operation } from "@/lib/openapi/operation";
import { entityTokenUsageQuery, entityTokenUsageSchema } from "@/lib/usage/wire";
import {
  createEntityWebhookBody,
  entityWebhookSchema,
  replayEntityWebhookBody,
  replayedSchema,
  updateEntityWebhookBody,
} from "@/lib/webhooks/wire";

const security = "bearer";
const webhooks = { tag: "Webhooks", security } as const;
const webhook = { response: { schema: entityWebhookSchema } };
const alsoManage = "Needs `tokens:manage` as well.";

export const auditOperations: Operation[] = [
  {
    method: "get",
    path: "/up/v5/entityToken/{id}/usage",
    id: "getEntityTokenUsage",
    tag: "Usage and audit",
    summary: "How often and from where a token is used",
    description: "Only buckets that hold something are listed. The last second may be missing.",
    security,
    scope: "tokens:read",
    query: entityTokenUsageQuery,
    response: { schema: entityTokenUsageSchema },
    errors: [400, 401, 403, 404, 429],
  },
  {
    method: "get",
    path: "/up/v5/audit",
    id: "listAudit",
    tag: "Usage and audit",
    summary: "List or export the Tenant's audit events",
    description:
      "JSON pages come newest first; `Link` names the next one. `Accept: text/csv` or `application/x-ndjson` streams all events, oldest first, by the same filters; an NDJSON export without filters ends with a signature and can be checked offline.",
    security,
    scope: "audit:read",
    query: listAuditQuery,
    response: { schema: z.array(auditEventWireSchema) },
    responseHeaders: { Link: "The next page (RFC 8288), where there may be one." },
    errors: [400, 401, 403, 429],
  },
  {
    method: "get",
    path: "/up/v5/entityWebhook",
    id: "listEntityWebhooks",
    summary: "List the Tenant's webhooks",
    ...webhooks,
    scope: "audit:read",
    response: { schema: z.array(entityWebhookSchema) },
    errors: [401, 403, 429],
  },
  {
    method: "post",
    path: "/up/v5/entityWebhook",
    id: "createEntityWebhook",
    summary: "Push the Tenant's audit events to a URL",
    description: `Signed by the Standard Webhooks scheme, in order, tried again until they arrive. \`Secret\` is shown in this answer and never again. ${alsoManage}`,
    ...webhooks,
    scope: "audit:read",
    body: { schema: createEntityWebhookBody },
    ...webhook,
    errors: [400, 401, 403, 409, 413, 415, 429],
  },
  {
    method: "get",
    path: "/up/v5/entityWebhook/{id}",
    id: "getEntityWebhook",
    summary: "Read a webhook and how it goes",
    ...webhooks,
    scope: "audit:read",
    ...webhook,
    errors: [401, 403, 404, 429],
  },
  {
    method: "put",
    path: "/up/v5/entityWebhook/{id}",
    id: "updateEntityWebhook",
    summary: "Move a webhook, or switch it on or off",
    description: `Events that occur while it is off are not queued. ${alsoManage}`,
    ...webhooks,
    scope: "audit:read",
    body: { schema: updateEntityWebhookBody },
    ...webhook,
    errors: [400, 401, 403, 404, 413, 415, 429],
  },
  {
    method: "delete",
    path: "/up/v5/entityWebhook/{id}",
    id: "removeEntityWebhook",
    summary: "End a webhook",
    description: `What waits for it is never delivered. ${alsoManage}`,
    ...webhooks,
    scope: "audit:read",
    ...webhook,
    errors: [401, 403, 404, 429],
  },
  {
    method: "post",
    path: "/up/v5/entityWebhook/{id}/replay",
    id: "replayEntityWebhook",
    summary: "Deliver events again, from a sequence on",
    description: `At most 10,000, under the ids that they had. ${alsoManage}`,
    ...webhooks,
    scope: "audit:read",
    body: { schema: replayEntityWebhookBody },
    response: { schema: replayedSchema },
    errors: [400, 401, 403, 404, 413, 415, 429],
  },
];
