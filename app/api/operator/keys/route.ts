import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { listKeys } from "@/lib/keys/list";
import { asStaff } from "@/lib/sessions/as-staff";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asStaff("keys:manage", async (principal) => json(await listKeys(principal))),
  },
  portalError,
);
