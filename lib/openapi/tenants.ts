import type { Operation } from "@/lib/openapi/operation";
import {
  createEntityBody,
  entitySchema,
  provisionedEntitySchema,
  updateEntityBody,
} from "@/lib/tenants/wire";

const tag = "Tenant Management";
const security = "bearer";

export const tenantOperations: Operation[] = [
  {
    method: "post",
    path: "/up/v5/entity",
    id: "createEntity",
    repeatable: true,
    tag,
    summary: "Provision a Tenant and its default token",
    description:
      "For the master Tenant. The default token is shown in this answer and never again.",
    security,
    scope: "tenants:manage",
    body: { schema: createEntityBody },
    response: { schema: provisionedEntitySchema },
    errors: [400, 401, 403, 409, 413, 415, 429],
  },
  {
    method: "get",
    path: "/up/v5/entity/{id}",
    id: "getEntity",
    tag,
    summary: "Read a Tenant",
    description: "For that Tenant and for the master.",
    security,
    response: { schema: entitySchema },
    errors: [401, 404, 429],
  },
  {
    method: "put",
    path: "/up/v5/entity/{id}",
    id: "updateEntity",
    tag,
    summary: "Change a Tenant",
    description:
      "For the master (`tenants:manage`), or for that Tenant itself with `tokens:manage`, which can't change `Active`, `Domain` and `ExtSysId`.",
    security,
    body: { schema: updateEntityBody },
    response: { schema: entitySchema },
    errors: [400, 401, 403, 404, 409, 413, 415, 429],
  },
  {
    method: "delete",
    path: "/up/v5/entity/{id}",
    id: "deleteEntity",
    tag,
    summary: "Delete a Tenant",
    description: "For the master. Every credential of the Tenant dies at once; its history stays.",
    security,
    scope: "tenants:manage",
    response: { schema: entitySchema },
    errors: [401, 403, 404, 409, 429],
  },
];
