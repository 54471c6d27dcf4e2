import { proveSchema } from "@/lib/account/schema";
import { renewRecoveryCodes } from "@/lib/account/totp";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asUser } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asUser(async (principal, call) => {
      return json(await renewRecoveryCodes(principal, await readJson(call, proveSchema)));
    }),
  },
  portalError,
);
