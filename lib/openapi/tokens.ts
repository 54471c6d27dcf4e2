import { z } from "zod";
import { verifiedSchema } from "@/lib/credentials/verified-answer";
import type { Operation } from "@/lib/openapi/operation";
import {
  createEntityTokenBody,
  entityTokenSchema,
  listEntityTokensQuery,
  replaceEntityTokenBody,
  updateEntityTokenBody,
} from "@/lib/tokens/wire";

const tag = "Tenant Token Management";
const security = "bearer";
const response = { schema: entityTokenSchema };

export const tokenOperations: Operation[] = [
  {
    method: "get",
    path: "/up/v5/entityToken",
    id: "listEntityTokens",
    tag,
    summary: "List the Tenant's tokens, newest first",
    security,
    scope: "tokens:read",
    query: listEntityTokensQuery,
    response: { schema: z.array(entityTokenSchema) },
    errors: [400, 401, 403, 429],
  },
  {
    method: "post",
    path: "/up/v5/entityToken",
    id: "createEntityToken",
    repeatable: true,
    tag,
    summary: "Issue a token",
    description: "`JWT` holds the token in this answer and never again.",
    security,
    scope: "tokens:manage",
    body: { schema: createEntityTokenBody },
    response,
    errors: [400, 401, 403, 409, 413, 415, 429],
  },
  {
    method: "get",
    path: "/up/v5/entityToken/{id}",
    id: "getEntityToken",
    tag,
    summary: "Read a token",
    security,
    scope: "tokens:read",
    response,
    errors: [401, 403, 404, 429],
  },
  {
    method: "put",
    path: "/up/v5/entityToken/{id}",
    id: "updateEntityToken",
    tag,
    summary: "Rename, activate or deactivate a token",
    security,
    scope: "tokens:manage",
    body: { schema: updateEntityTokenBody },
    response,
    errors: [400, 401, 403, 404, 409, 413, 415, 429],
  },
  {
    method: "delete",
    path: "/up/v5/entityToken/{id}",
    id: "revokeEntityToken",
    tag,
    summary: "Revoke a token for good",
    description:
      "Once this has returned no instance accepts the token. Repeating it answers the same.",
    security,
    scope: "tokens:manage",
    response,
    errors: [401, 403, 404, 429],
  },
  {
    method: "post",
    path: "/up/v5/entityToken/{id}/replace",
    id: "replaceEntityToken",
    repeatable: true,
    tag,
    summary: "Issue a successor and schedule the predecessor's revocation",
    description:
      "During the overlap both are good. `OverlapSeconds` 0 revokes the predecessor at once.",
    security,
    scope: "tokens:manage",
    body: { schema: replaceEntityTokenBody },
    response,
    errors: [400, 401, 403, 404, 409, 413, 415, 429],
  },
];

const verifyQuery = z.object({
  scope: z.string().optional().describe("Scopes to demand, by space."),
});

export const verifyOperations: Operation[] = (["get", "post"] as const).map((method) => ({
  method,
  path: "/up/v5/verify",
  id: method === "get" ? "verify" : "verifyByPost",
  tag: "Verify",
  summary: method === "get" ? "Whose call is this, and may it pass?" : "The same, by POST",
  description:
    "Send the caller's own Authorization header. For gateways: the status and the headers say it all.",
  security,
  query: verifyQuery,
  response: { schema: verifiedSchema },
  responseHeaders: {
    "X-ServiceBroker-Tenant": "The Tenant's EntityId.",
    "X-ServiceBroker-System": "The token's id or the client's ClientId.",
    "X-ServiceBroker-System-Name": "Its label, RFC 8187 encoded.",
    "X-ServiceBroker-Auth-Type": "SystemAccessToken or JWT.",
    "X-ServiceBroker-Scopes": "Its scopes, by space.",
  },
  errors: [400, 401, 403, 429],
}));
