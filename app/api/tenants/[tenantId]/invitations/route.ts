import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { inviteMember } from "@/lib/members/invite";
import { inviteSchema } from "@/lib/members/schema";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asMember("members:manage", async (principal, call, { tenantId }) => {
      const input = await readJson(call, inviteSchema);
      return json(await inviteMember(principal, { ...input, tenantId }));
    }),
  },
  portalError,
);
