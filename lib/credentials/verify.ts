import { verifyCredential } from "@/db/queries/verify";
import { hashSecret, isWellFormed } from "@/lib/credentials/secret-format";
import type { Origin, SystemPrincipal } from "@/lib/principal";

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
  | { accepted: true; principal: SystemPrincipal; credential: KnownCredential }
  | { accepted: false; reason: Refusal; credential: KnownCredential | null };

/**
 * Applies "the rule" of contract §5 to a bearer token, by the database's truth at this moment.
 * A malformed one costs no database work.
 * @throws DatabaseUnavailable: fail closed, never open.
 */
export async function verifyBearer(bearer: string, origin: Origin): Promise<Verification> {
  if (!isWellFormed(bearer, "sbat_")) {
    return { accepted: false, reason: "malformed", credential: null };
  }
  const found = await verifyCredential({ tokenHash: hashSecret(bearer) });
  if (!found) return { accepted: false, reason: "unknown", credential: null };
  const credential: KnownCredential = {
    kind: found.kind,
    credentialId: found.credential_id,
    tenantId: found.tenant_id,
  };
  if (found.outcome !== "accepted") return { accepted: false, reason: found.outcome, credential };
  const principal: SystemPrincipal = {
    kind: "system",
    credential: found.kind,
    id: found.credential_id,
    publicId: found.public_id,
    name: found.name,
    tenantId: found.tenant_id,
    tenantSid: found.sid,
    isMaster: found.is_master,
    scopes: found.scopes.split(" "),
    expiresAt: null,
    origin,
  };
  return { accepted: true, principal, credential };
}
