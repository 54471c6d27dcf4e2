import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { changeRole } from "@/lib/members/change-role";
import { removeMember } from "@/lib/members/remove";
import { changeRoleSchema } from "@/lib/members/schema";
import { asMember } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    PATCH: asMember("members:manage", async (principal, call, { tenantId }, params) => {
      const userId = idFromPath(params.userId, "member");
      const { role } = await readJson(call, changeRoleSchema);
      return json(await changeRole(principal, { tenantId, userId, role }));
    }),
    // A viewer may leave: whom else one may remove is the verb's to decide.
    DELETE: asMember("members:read", async (principal, _call, { tenantId }, params) => {
      const userId = idFromPath(params.userId, "member");
      await removeMember(principal, { tenantId, userId });
      return json({ userId });
    }),
  },
  portalError,
);
