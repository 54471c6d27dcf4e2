import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asStaff } from "@/lib/sessions/as-staff";
import { supportSearchSchema } from "@/lib/support/schema";
import { searchSupport } from "@/lib/support/search";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    // Changes nothing; a POST since what is searched for may be a whole token.
    POST: asStaff("tenants:read", async (principal, call) => {
      return json(await searchSupport(principal, await readJson(call, supportSearchSchema)));
    }),
  },
  portalError,
);
