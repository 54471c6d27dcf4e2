import { getAccount } from "@/lib/account/get";
import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json } from "@/lib/http/json";
import { asUser } from "@/lib/sessions/as-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  { GET: asUser(async (principal) => json(await getAccount(principal))) },
  portalError,
);
