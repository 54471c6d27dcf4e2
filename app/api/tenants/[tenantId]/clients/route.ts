import { createClient } from "@/lib/clients/create";
import { listClients } from "@/lib/clients/list";
import { createClientSchema } from "@/lib/clients/schema";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tokens:read", async (principal, _call, { tenantId }) => {
      return json(await listClients(principal, { tenantId }));
    }),
    POST: asMember("tokens:manage", async (principal, call, { tenantId }) => {
      const input = await readJson(call, createClientSchema);
      return json(await createClient(principal, { ...input, tenantId }));
    }),
  },
  portalError,
);
