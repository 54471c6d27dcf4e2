import { getEvent } from "@/lib/audit/get";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { asUser } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asUser(async (principal, _call, params) => {
      const tenantId = idFromPath(params.tenantId, "Tenant");
      const eventId = idFromPath(params.eventId, "event");
      return json(await getEvent(principal, { tenantId, eventId }));
    }),
  },
  portalError,
);
