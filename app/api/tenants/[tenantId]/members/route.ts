import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { listPeople } from "@/lib/members/list";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("members:read", async (principal, _call, { tenantId }) => {
      return json(await listPeople(principal, { tenantId }));
    }),
  },
  portalError,
);
