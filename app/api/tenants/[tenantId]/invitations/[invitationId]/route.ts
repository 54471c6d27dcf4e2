import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { withdrawInvitation } from "@/lib/members/withdraw";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    DELETE: asMember("members:manage", async (principal, _call, { tenantId }, params) => {
      const invitationId = idFromPath(params.invitationId, "invitation");
      await withdrawInvitation(principal, { tenantId, invitationId });
      return json({ invitationId });
    }),
  },
  portalError,
);
