import { type ClientCredentials, invalidClient } from "@/lib/clients/authenticate";
import { AppError } from "@/lib/errors";
import type { Call } from "@/lib/http/call";
import type { Form } from "@/lib/http/form";

/**
 * The credentials of a client by `client_secret_basic` or `client_secret_post` (RFC 6749 section
 * 2.3.1).
 * @throws AppError `invalid_request` for both at once or a secret in the query; `invalid_client`
 *   for none or malformed ones.
 */
export function clientCredentialsOf(call: Call, form: Form): ClientCredentials {
  if (/[?&]client_secret=/.test(call.target)) {
    throw new AppError("invalid_request", "Never send a secret in the query.");
  }
  const header = call.header("authorization");
  const clientId = form.get("client_id");
  const clientSecret = form.get("client_secret");
  if (header !== null) {
    if (clientSecret !== undefined) {
      throw new AppError("invalid_request", "Authenticate in one way, not in two.");
    }
    const shown = basicOf(header);
    if (clientId !== undefined && clientId !== shown.clientId) {
      throw new AppError("invalid_request", "client_id contradicts the Authorization header.");
    }
    return shown;
  }
  if (clientId === undefined || clientSecret === undefined) throw invalidClient();
  return { clientId, clientSecret };
}

function basicOf(header: string): ClientCredentials {
  const encoded = /^basic +([A-Za-z0-9+/_-]+={0,2})$/i.exec(header.trim())?.[1];
  if (!encoded) throw invalidClient();
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 0) throw invalidClient();
  return {
    clientId: decode(text.slice(0, colon)),
    clientSecret: decode(text.slice(colon + 1)),
  };
}

/** Some libraries percent-encode as RFC 6749 has it, others don't; our ids and secrets hold no `%`. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidClient();
  }
}
