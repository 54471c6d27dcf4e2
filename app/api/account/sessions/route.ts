import { endOtherSessions } from "@/lib/account/sessions";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asUser } from "@/lib/sessions/as-user";

/** DELETE signs out everywhere else. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  { DELETE: asUser(async (principal) => json(await endOtherSessions(principal))) },
  portalError,
);
