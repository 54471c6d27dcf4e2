import { demand } from "@/lib/authorize";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { asUser } from "@/lib/sessions/as-user";
import { disableUser } from "@/lib/users/disable";
import { enableUser } from "@/lib/users/enable";
import { switchUserSchema } from "@/lib/users/schema";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    PATCH: asUser(async (principal, call, params) => {
      demand(principal, null, "staff:manage");
      const userId = idFromPath(params.userId, "user");
      const { disabled } = await readJson(call, switchUserSchema);
      const turn = disabled ? disableUser : enableUser;
      return json(await turn(principal, { userId }));
    }),
  },
  portalError,
);
