import { inTenant } from "@/db/client";
import { insertRevokedJwt } from "@/db/queries/jwts";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { unwrap } from "@/lib/credentials/bearer";
import { verifyBearer } from "@/lib/credentials/verify";
import type { AccessTokenClaims } from "@/lib/oauth/access-token";
import type { SystemPrincipal } from "@/lib/principal";
import { revokeToken } from "@/lib/tokens/revoke";

/**
 * Revokes a token of either kind (RFC 7009). A client may revoke its own JWTs, any bearer itself,
 * and `tokens:manage` whatever is its Tenant's; an unknown token and another Tenant's are passed
 * over in silence. Once this returns, no instance accepts the token.
 * @throws AppError `insufficient_scope` for a token of the Tenant that is not the caller's own.
 */
export async function revokeBearer(
  caller: SystemPrincipal,
  input: { token: string },
): Promise<void> {
  const bearer = unwrap(input.token);
  const known =
    bearer === null ? null : await verifyBearer(bearer, caller.origin, (verified) => verified);
  if (!known?.credential || known.credential.tenantId !== caller.tenantId) return;
  const { credential, claims } = known;
  const isOwn = credential.credentialId === caller.id;
  if (!isOwn) demand(caller, caller.tenantId, "tokens:manage");
  if (claims) return revokeJwt(caller, claims);
  const owner: SystemPrincipal = isOwn ? { ...caller, scopes: ["tokens:manage"] } : caller;
  await revokeToken(owner, { tenantId: caller.tenantId, tokenId: credential.credentialId });
}

/** Notes its `jti` until it would have expired; repeating it changes nothing. */
function revokeJwt(caller: SystemPrincipal, claims: AccessTokenClaims): Promise<void> {
  const tenantId = claims.entity_id;
  return inTenant(tenantId, async (tx) => {
    const expiresAt = new Date(claims.exp * 1000);
    if (!(await insertRevokedJwt(tx, { jti: claims.jti, tenantId, expiresAt }))) return;
    await recordEvent(tx, caller, {
      tenantId,
      action: "jwt.revoked",
      target: { type: "jwt", id: claims.jti, name: claims.client_id },
      after: { clientId: claims.client_id, expiresAt: expiresAt.toISOString() },
    });
  });
}
