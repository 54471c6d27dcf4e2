import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { findDestinations } from "@/lib/jump/find";
import { jumpSchema } from "@/lib/jump/schema";
import { asUser } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    // Changes nothing; a POST since what is searched for may be a whole token.
    POST: asUser(async (principal, call) => {
      return json(await findDestinations(principal, await readJson(call, jumpSchema)));
    }),
  },
  portalError,
);
