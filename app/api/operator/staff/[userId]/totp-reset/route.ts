import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { asUser } from "@/lib/sessions/as-user";
import { resetTotp } from "@/lib/users/reset-totp";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asUser(async (principal, _call, params) => {
      const userId = idFromPath(params.userId, "user");
      await resetTotp(principal, { userId });
      return json({ userId });
    }),
  },
  portalError,
);
