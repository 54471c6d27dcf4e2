import { z } from "zod";
import {
  accessTokenBody,
  accessTokenSchema,
  introspectionSchema,
  shownTokenForm,
  tokenForm,
  tokenResponseSchema,
  userInfoSchema,
} from "@/lib/oauth/wire";
import type { Operation } from "@/lib/openapi/operation";

const tag = "JWT and OAuth 2.0";
const form = "application/x-www-form-urlencoded";
const document = { schema: z.record(z.string(), z.unknown()) };

const published = (path: string, id: string, summary: string, type?: string): Operation => ({
  method: "get",
  path: `/.well-known/${path}`,
  id,
  tag,
  summary,
  security: "none",
  oauth: true,
  response: { ...document, type },
  errors: [],
});

export const oauthOperations: Operation[] = [
  {
    method: "post",
    path: "/up/v5/oauth2/accessToken",
    id: "accessToken",
    tag,
    summary: "Get a JWT for a ClientId and its secret",
    description: "Without an Authorization header. Any credentials that are not good are a 401.",
    security: "none",
    body: { schema: accessTokenBody },
    response: { schema: accessTokenSchema },
    errors: [400, 401, 413, 415, 429],
  },
  {
    method: "get",
    path: "/up/v5/oauth2/userInfo",
    id: "userInfo",
    tag,
    summary: "Whose JWT is this?",
    description: "A System Access Token gets 401 here.",
    security: "bearer",
    response: { schema: userInfoSchema },
    errors: [401, 429],
  },
  {
    method: "post",
    path: "/oauth2/token",
    id: "token",
    tag,
    summary: "Get a JWT as RFC 6749 section 4.4 has it",
    description: "`client_secret_basic` or `client_secret_post`.",
    security: "client",
    oauth: true,
    body: { schema: tokenForm, type: form },
    response: { schema: tokenResponseSchema },
    errors: [400, 401, 413, 429],
  },
  {
    method: "post",
    path: "/oauth2/introspect",
    id: "introspect",
    tag,
    summary: "Is this token good? (RFC 7662)",
    description:
      'For a client, or a bearer with the scope `introspect`: tokens of its own Tenant, of all Tenants for the master\'s. Anything else is exactly `{"active":false}`.',
    security: "caller",
    oauth: true,
    body: { schema: shownTokenForm, type: form },
    response: { schema: introspectionSchema },
    errors: [400, 401, 403, 413, 429],
  },
  {
    method: "post",
    path: "/oauth2/revoke",
    id: "revoke",
    tag,
    summary: "Revoke a token (RFC 7009)",
    description:
      "A client may revoke its own JWTs, any bearer itself, and `tokens:manage` whatever is its Tenant's. 200 for an unknown token too.",
    security: "caller",
    oauth: true,
    body: { schema: shownTokenForm, type: form },
    response: document,
    errors: [400, 401, 403, 413, 429],
  },
  published("oauth-authorization-server", "authorizationServer", "Metadata by RFC 8414"),
  published("oauth-protected-resource", "protectedResource", "Metadata by RFC 9728"),
  published("jwks.json", "jwks", "Public signing keys (RFC 7517)", "application/jwk-set+json"),
];
