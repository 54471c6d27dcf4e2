import { type VerifiedCredential, verifyCredential } from "@/db/queries/verify";
import { hashSecretHex, isWellFormed } from "@/lib/credentials/secret-format";
import { databaseNow } from "@/lib/keys/ring";
import type { AccessTokenClaims } from "@/lib/oauth/access-token";
import { looksLikeJwt, readAccessToken, timesHold } from "@/lib/oauth/read-access-token";
import type { Origin, SystemPrincipal } from "@/lib/principal";
import { covers } from "@/lib/scopes";

/** Why a credential was refused; the caller is never told, support is. */
export type Refusal =
  | "malformed"
  | "unknown"
  | "revoked"
  | "overlap-ended"
  | "inactive"
  | "tenant-suspended"
  | "auth-type"
  | "expired"
  | "jti-revoked";

/** The credential a refusal is about, where it is one of ours. */
export type KnownCredential = {
  kind: "token" | "client";
  credentialId: string;
  tenantId: string;
};

export type Verification =
  | {
      accepted: true;
      principal: SystemPrincipal;
      credential: KnownCredential;
      /** Of a JWT; null for a System Access Token. */
      claims: AccessTokenClaims | null;
    }
  | {
      accepted: false;
      reason: Refusal;
      credential: KnownCredential | null;
      /** Of a JWT whose signature holds. */
      claims: AccessTokenClaims | null;
    };

/**
 * Applies "the rule" of contract §5 to a bearer token, by the database's truth at this moment.
 * A malformed one costs no database work.
 * @throws DatabaseUnavailable: fail closed, never open.
 */
export function verifyBearer(bearer: string, origin: Origin): Verification | Promise<Verification> {
  if (isWellFormed(bearer, "sbat_")) return verifySecret(bearer, origin);
  return looksLikeJwt(bearer) ? verifyJwt(bearer, origin) : refused("malformed");
}

async function verifySecret(bearer: string, origin: Origin): Promise<Verification> {
  const found = await verifyCredential({ tokenHash: hashSecretHex(bearer) }, origin.address ?? "");
  return found ? decide(found, null, origin) : refused("unknown");
}

async function verifyJwt(bearer: string, origin: Origin): Promise<Verification> {
  const claims = await readAccessToken(bearer);
  if (!claims) return refused("unknown");
  const key = { clientId: claims.client_id, jti: claims.jti };
  const found = await verifyCredential(key, origin.address ?? "");
  if (!found || found.tenant_id !== claims.entity_id) return refused("unknown");
  const inTime = timesHold(claims, await databaseNow());
  if (found.outcome === "accepted" && !inTime) {
    return { accepted: false, reason: "expired", credential: knownOf(found), claims };
  }
  return decide(found, claims, origin);
}

const refused = (reason: "malformed" | "unknown"): Verification => ({
  accepted: false,
  reason,
  credential: null,
  claims: null,
});

const knownOf = (found: VerifiedCredential): KnownCredential => ({
  kind: found.kind,
  credentialId: found.credential_id,
  tenantId: found.tenant_id,
});

function decide(
  found: VerifiedCredential,
  claims: AccessTokenClaims | null,
  origin: Origin,
): Verification {
  const credential = knownOf(found);
  if (found.outcome !== "accepted") {
    return { accepted: false, reason: found.outcome, credential, claims };
  }
  const held = found.scopes.split(" ");
  const principal: SystemPrincipal = {
    kind: "system",
    credential: found.kind,
    id: found.credential_id,
    publicId: found.public_id,
    name: found.name,
    tenantId: found.tenant_id,
    tenantSid: found.sid,
    isMaster: found.is_master,
    scopes: claims ? claims.scope.split(" ").filter((scope) => covers(held, scope)) : held,
    expiresAt: claims?.exp ?? null,
    origin,
  };
  return { accepted: true, principal, credential, claims };
}
