import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { revokeToken } from "@/lib/tokens/revoke";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asMember("tokens:manage", async (principal, _call, ids) => {
      return json(await revokeToken(principal, ids));
    }),
  },
  portalError,
);
