import { demand } from "@/lib/authorize";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asUser } from "@/lib/sessions/as-user";
import { createUser } from "@/lib/users/create";
import { listStaff } from "@/lib/users/list-staff";
import { createStaffSchema } from "@/lib/users/schema";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asUser(async (principal) => json(await listStaff(principal))),
    POST: asUser(async (principal, call) => {
      demand(principal, null, "staff:manage");
      return json(await createUser(principal, await readJson(call, createStaffSchema)));
    }),
  },
  portalError,
);
