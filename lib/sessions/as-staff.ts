import { demand, type Permission } from "@/lib/authorize";
import type { Answer, Call } from "@/lib/http/call";
import type { Handler } from "@/lib/http/endpoint";
import { idFromPath } from "@/lib/ids";
import type { UserPrincipal } from "@/lib/principal";
import { asUser } from "@/lib/sessions/as-user";

/**
 * A handler on the whole platform: as `asUser`, and the person must be staff with a permission
 * before anything of the request is read.
 */
export function asStaff(
  permission: Permission,
  run: (principal: UserPrincipal, call: Call, ids: { tenantId: string }) => Promise<Answer>,
): Handler {
  return asUser((principal, call, params) => {
    demand(principal, null, permission);
    const tenantId = "tenantId" in params ? idFromPath(params.tenantId, "Tenant") : "";
    return run(principal, call, { tenantId });
  });
}
