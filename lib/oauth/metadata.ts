import type { Answer } from "@/lib/http/call";
import { scopes } from "@/lib/scopes";
import { settings } from "@/lib/settings";

/** A document for everybody, cached for less than a signing key is published before it signs. */
export function publicDocument(body: unknown, type = "application/json"): Answer {
  return {
    status: 200,
    headers: {
      "Content-Type": type,
      "Cache-Control": `public, max-age=${settings().BROKER_JWKS_MAX_AGE}`,
    },
    body: JSON.stringify(body),
  };
}

/** RFC 8414 section 2: where a client library finds everything. */
export function authorizationServerMetadata() {
  const { publicUrl } = settings();
  const methods = ["client_secret_basic", "client_secret_post"];
  return {
    issuer: publicUrl,
    token_endpoint: `${publicUrl}/oauth2/token`,
    token_endpoint_auth_methods_supported: methods,
    grant_types_supported: ["client_credentials"],
    response_types_supported: [],
    scopes_supported: scopes,
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    introspection_endpoint: `${publicUrl}/oauth2/introspect`,
    introspection_endpoint_auth_methods_supported: methods,
    revocation_endpoint: `${publicUrl}/oauth2/revoke`,
    revocation_endpoint_auth_methods_supported: methods,
    service_documentation: `${publicUrl}/docs`,
  };
}

/** RFC 9728 section 2: what this API is as a protected resource. */
export function protectedResourceMetadata() {
  const { publicUrl } = settings();
  return {
    resource: publicUrl,
    resource_name: "ServiceBroker",
    authorization_servers: [publicUrl],
    scopes_supported: scopes,
    bearer_methods_supported: ["header"],
    resource_documentation: `${publicUrl}/docs`,
  };
}
