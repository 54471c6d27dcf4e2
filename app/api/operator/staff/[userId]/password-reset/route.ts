import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { asUser } from "@/lib/sessions/as-user";
import { issueReset } from "@/lib/users/issue-reset";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asUser(async (principal, _call, params) => {
      return json(await issueReset(principal, { userId: idFromPath(params.userId, "user") }));
    }),
  },
  portalError,
);
