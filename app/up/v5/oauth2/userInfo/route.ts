import { asSystem } from "@/lib/credentials/authenticate";
import { invalidToken } from "@/lib/credentials/bearer";
import { endpoint } from "@/lib/http/endpoint";
import { json } from "@/lib/http/json";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem(null, async (principal) => {
    if (principal.credential !== "client") throw invalidToken();
    return json({
      sub: principal.publicId,
      sid: principal.tenantSid,
      email_verified: false,
      preferred_username: principal.publicId,
      username: principal.name,
    });
  }),
});
