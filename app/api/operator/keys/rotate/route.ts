import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { rotateKeys } from "@/lib/keys/rotate";
import { asStaff } from "@/lib/sessions/as-staff";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asStaff("keys:manage", async (principal) => json(await rotateKeys(principal))),
  },
  portalError,
);
