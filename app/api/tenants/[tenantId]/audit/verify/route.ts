import { verifyChains } from "@/lib/audit/verify";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    // Changes nothing; a POST since it reads the whole log.
    POST: asMember("audit:read", async (principal, _call, { tenantId }) => {
      return json(await verifyChains(principal, { tenantId }));
    }),
  },
  portalError,
);
