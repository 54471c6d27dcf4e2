import { unwrap } from "@/lib/credentials/bearer";
import { verifyBearer } from "@/lib/credentials/verify";
import type { SystemPrincipal } from "@/lib/principal";
import { settings } from "@/lib/settings";
import { recordRefusal, recordUse } from "@/lib/usage/record";

/** What RFC 7662 section 2.2 says of a token; a token that is not good is `active: false` alone. */
export type Introspection = { active: false } | ({ active: true } & Record<string, unknown>);

/**
 * Tells a caller of a token: of its own Tenant's only, unless it is the master's. Anything else,
 * and anything not good, is exactly `{"active":false}`.
 */
export async function introspectToken(
  caller: SystemPrincipal,
  input: { token: string },
): Promise<Introspection> {
  const bearer = unwrap(input.token);
  const result =
    bearer === null ? null : await verifyBearer(bearer, caller.origin, (verified) => verified);
  const { credential } = result ?? {};
  if (!result || !credential) return { active: false };
  if (credential.tenantId !== caller.tenantId && !caller.isMaster) return { active: false };
  if (!result.accepted) {
    recordRefusal(credential, result.reason, caller.origin);
    return { active: false };
  }
  recordUse(credential, "accepted", caller.origin);
  const { principal, claims } = result;
  const { publicUrl, audience } = settings();
  return {
    active: true,
    token_type: "Bearer",
    iss: publicUrl,
    aud: audience,
    sub: principal.publicId,
    username: principal.name,
    scope: principal.scopes.join(" "),
    entity_id: principal.tenantId,
    auth_type: claims ? "JWT" : "SystemAccessToken",
    // A System Access Token never expires, and has no client: its members are left out.
    ...(claims
      ? { client_id: claims.client_id, jti: claims.jti, iat: claims.iat, exp: claims.exp }
      : {}),
  };
}
