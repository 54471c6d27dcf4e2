import { authenticateClient } from "@/lib/clients/authenticate";
import { demandSystem } from "@/lib/credentials/authenticate";
import { AppError } from "@/lib/errors";
import type { Call } from "@/lib/http/call";
import type { Form } from "@/lib/http/form";
import { clientCredentialsOf } from "@/lib/oauth/client-authentication";
import type { Origin, SystemPrincipal } from "@/lib/principal";

const origin = (call: Call): Origin => ({
  requestId: call.requestId,
  address: call.address,
  userAgent: call.header("user-agent"),
});

/** The client that shows its secret. @throws AppError `invalid_client`, `invalid_request`. */
export const clientOf = (call: Call, form: Form): Promise<SystemPrincipal> =>
  authenticateClient(clientCredentialsOf(call, form), origin(call));

/**
 * Who calls introspection or revocation: a client that shows its secret, or a bearer.
 * @param scopes that a bearer must have; a client's secret stands for itself
 * @throws AppError `invalid_client`, `invalid_token`, `insufficient_scope`, `invalid_request`.
 */
export async function callerOf(call: Call, form: Form, scopes: string[]): Promise<SystemPrincipal> {
  if (!/^bearer /i.test(call.header("authorization") ?? "")) return clientOf(call, form);
  if (form.has("client_secret")) {
    throw new AppError("invalid_request", "Authenticate in one way, not in two.");
  }
  return demandSystem(call, scopes);
}

/** The `token` parameter of RFC 7662 section 2.1 and RFC 7009 section 2.1. */
export function tokenOf(form: Form): string {
  const token = form.get("token");
  if (token === undefined) throw new AppError("invalid_request", "The parameter token is missing.");
  return token;
}
