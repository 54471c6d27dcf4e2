import { changePassword } from "@/lib/account/change-password";
import { changePasswordSchema } from "@/lib/account/schema";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asUser } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    PUT: asUser(async (principal, call) => {
      const input = await readJson(call, changePasswordSchema);
      return json(await changePassword(principal, input));
    }),
  },
  portalError,
);
