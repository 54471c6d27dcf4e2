import { z } from "zod";
import { clientFilterSchema } from "@/lib/clients/schema";
import {
  createEntityClientBody,
  entityClientSchema,
  entityClientWithSecretSchema,
  updateEntityClientBody,
} from "@/lib/clients/wire";
import type { Operation } from "@/lib/openapi/operation";

const tag = "Clients";
const security = "bearer";
const response = { schema: entityClientSchema };
const withSecret = { schema: entityClientWithSecretSchema };
const parameters = {
  id: { description: "The ClientId.", schema: { type: "string" as const } },
};

export const clientOperations: Operation[] = [
  {
    method: "get",
    path: "/up/v5/entityClient",
    id: "listEntityClients",
    tag,
    summary: "List the Tenant's clients, newest first",
    security,
    scope: "tokens:read",
    query: clientFilterSchema,
    response: { schema: z.array(entityClientSchema) },
    errors: [400, 401, 403, 429],
  },
  {
    method: "post",
    path: "/up/v5/entityClient",
    id: "createEntityClient",
    repeatable: true,
    tag,
    summary: "Create a client with its first secret",
    description: "`ClientSecret` is shown in this answer and never again.",
    security,
    scope: "tokens:manage",
    body: { schema: createEntityClientBody },
    response: withSecret,
    errors: [400, 401, 403, 409, 413, 415, 429],
  },
  {
    method: "get",
    path: "/up/v5/entityClient/{id}",
    id: "getEntityClient",
    parameters,
    tag,
    summary: "Read a client",
    security,
    scope: "tokens:read",
    response,
    errors: [401, 403, 404, 429],
  },
  {
    method: "put",
    path: "/up/v5/entityClient/{id}",
    id: "updateEntityClient",
    parameters,
    tag,
    summary: "Rename, activate or deactivate a client",
    description: "The JWTs of a client that is not active are refused.",
    security,
    scope: "tokens:manage",
    body: { schema: updateEntityClientBody },
    response,
    errors: [400, 401, 403, 404, 409, 413, 415, 429],
  },
  {
    method: "delete",
    path: "/up/v5/entityClient/{id}",
    id: "revokeEntityClient",
    parameters,
    tag,
    summary: "Revoke a client for good, with its secrets and JWTs",
    description: "Once this has returned no instance accepts them. Repeating it answers the same.",
    security,
    scope: "tokens:manage",
    response,
    errors: [401, 403, 404, 429],
  },
  {
    method: "post",
    path: "/up/v5/entityClient/{id}/secrets",
    id: "addEntityClientSecret",
    repeatable: true,
    parameters,
    tag,
    summary: "Add a secret beside the one in use",
    description: "Two may be live at once. `ClientSecret` is shown in this answer and never again.",
    security,
    scope: "tokens:manage",
    response: withSecret,
    errors: [401, 403, 404, 409, 429],
  },
  {
    method: "delete",
    path: "/up/v5/entityClient/{id}/secrets/{secretId}",
    id: "retireEntityClientSecret",
    parameters,
    tag,
    summary: "Retire one of two secrets for good",
    description: "JWTs that it got stay good until they expire. Repeating it answers the same.",
    security,
    scope: "tokens:manage",
    response,
    errors: [401, 403, 404, 409, 429],
  },
];
