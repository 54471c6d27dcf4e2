import { pageEvents } from "@/lib/audit/page";
import { auditViewSchema } from "@/lib/audit/schema";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readQuery } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("audit:read", async (principal, call, { tenantId }) => {
      const view = readQuery(call, auditViewSchema);
      return json(await pageEvents(principal, { ...view, tenantId }));
    }),
  },
  portalError,
);
