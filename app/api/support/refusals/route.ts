import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readQuery } from "@/lib/http/json";
import { asStaff } from "@/lib/sessions/as-staff";
import { pageRefusals } from "@/lib/support/refusals";
import { refusalViewSchema } from "@/lib/support/schema";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asStaff("tenants:read", async (principal, call) => {
      return json(await pageRefusals(principal, readQuery(call, refusalViewSchema)));
    }),
  },
  portalError,
);
