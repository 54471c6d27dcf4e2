import { beginTotpSchema, confirmTotpSchema } from "@/lib/account/schema";
import { beginTotp, confirmTotp } from "@/lib/account/totp";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asUser } from "@/lib/sessions/as-user";

/** POST begins, PUT confirms by a first code. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asUser(async (principal, call) => {
      return json(await beginTotp(principal, await readJson(call, beginTotpSchema)));
    }),
    PUT: asUser(async (principal, call) => {
      return json(await confirmTotp(principal, await readJson(call, confirmTotpSchema)));
    }),
  },
  portalError,
);
