import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { getOverview } from "@/lib/tenants/overview";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tenant:read", async (principal, _call, ids) => {
      return json(await getOverview(principal, ids));
    }),
  },
  portalError,
);
