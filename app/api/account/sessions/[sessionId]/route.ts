import { endOwnSession } from "@/lib/account/sessions";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { asUser } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    DELETE: asUser(async (principal, _call, params) => {
      const sessionId = idFromPath(params.sessionId, "session");
      await endOwnSession(principal, { sessionId });
      return json({ sessionId });
    }),
  },
  portalError,
);
