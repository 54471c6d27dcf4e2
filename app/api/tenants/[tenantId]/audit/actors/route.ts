import { listActors } from "@/lib/audit/actors";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("audit:read", async (principal, _call, { tenantId }) => {
      return json(await listActors(principal, { tenantId }));
    }),
  },
  portalError,
);
