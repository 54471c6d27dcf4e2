import type { VerifiedCredential } from "@/db/queries/rule";
import { verifyCredential } from "@/db/queries/verify";
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

/** Now, where nothing had to be asked for. */
export type Soon<T> = T | Promise<T>;
/** What a caller makes of a verification. */
type Use<T> = (result: Verification) => Soon<T>;

/**
 * Applies "the rule" of contract §5 to a bearer token, by the database's truth at this moment.
 * A malformed one costs no database work.
 * @returns what `use` makes of it
 * @throws DatabaseUnavailable: fail closed, never open.
 */
export function verifyBearer<T>(bearer: string, origin: Origin, use: Use<T>): Soon<T> {
  if (isWellFormed(bearer, "sbat_")) return verifySecret(bearer, origin, use);
  return looksLikeJwt(bearer) ? verifyJwt(bearer, origin, use) : use(refused("malformed"));
}

function verifySecret<T>(bearer: string, origin: Origin, use: Use<T>): Promise<T> {
  return verifyCredential({ tokenHash: hashSecretHex(bearer) }, origin.address ?? "", (found) =>
    use(found ? decide(found, null, origin) : refused("unknown")),
  );
}

function verifyJwt<T>(bearer: string, origin: Origin, use: Use<T>): Soon<T> {
  const verify = (claims: AccessTokenClaims | null): Soon<T> =>
    claims ? verifyClaims(claims, origin, use) : use(refused("unknown"));
  const claims = readAccessToken(bearer);
  return claims instanceof Promise ? claims.then(verify) : verify(claims);
}

function verifyClaims<T>(claims: AccessTokenClaims, origin: Origin, use: Use<T>): Promise<T> {
  const { client_id: clientId, jti, entity_id } = claims;
  return verifyCredential({ clientId, jti }, origin.address ?? "", (found) => {
    if (!found || found.tenant_id !== entity_id) return use(refused("unknown"));
    const decideAt = (now: number) => use(decideJwt(found, claims, now, origin));
    const now = databaseNow();
    return now instanceof Promise ? now.then(decideAt) : decideAt(now);
  });
}

function decideJwt(
  found: VerifiedCredential,
  claims: AccessTokenClaims,
  now: number,
  origin: Origin,
): Verification {
  if (found.outcome === "accepted" && !timesHold(claims, now)) {
    return { accepted: false, reason: "expired", credential: derivedOf(found).credential, claims };
  }
  return decide(found, claims, origin);
}

const refused = (reason: "malformed" | "unknown"): Verification => ({
  accepted: false,
  reason,
  credential: null,
  claims: null,
});

type Facts = {
  readonly credential: KnownCredential;
  readonly scopes: string[];
  readonly memo: SystemPrincipal["memo"];
};

/** What was made of an answer of the database. */
type Derived = {
  readonly credential: KnownCredential;
  /** Of the credential itself. */
  own?: Facts;
  /** Of JWTs, by the scopes that they carry. */
  chosen?: Map<string, Facts>;
};

/** Choices of a client's scopes at most, of which the facts are kept. */
const mostChoices = 16;

/** What follows from the same answer of the database and the same scopes of a JWT, made once. */
function factsOf(found: VerifiedCredential, claims: AccessTokenClaims | null): Facts {
  const derived = derivedOf(found);
  const known = claims ? derived.chosen?.get(claims.scope) : derived.own;
  if (known) return known;
  const held = found.scopes.split(" ");
  const scopes = claims ? claims.scope.split(" ").filter((scope) => covers(held, scope)) : held;
  const facts = { credential: derived.credential, scopes, memo: {} };
  if (!claims) {
    derived.own = facts;
  } else {
    derived.chosen ??= new Map();
    if (derived.chosen.size >= mostChoices) derived.chosen.clear();
    derived.chosen.set(claims.scope, facts);
  }
  return facts;
}

function derivedOf(found: VerifiedCredential): Derived {
  const { derived } = found;
  derived.facts ??= firstOf(found);
  return derived.facts as Derived;
}

function firstOf({ kind, credential_id, tenant_id }: VerifiedCredential): Derived {
  const credential = { kind, credentialId: credential_id, tenantId: tenant_id };
  return { credential };
}

function decide(
  found: VerifiedCredential,
  claims: AccessTokenClaims | null,
  origin: Origin,
): Verification {
  const { credential, scopes, memo } = factsOf(found, claims);
  if (found.outcome !== "accepted") {
    return { accepted: false, reason: found.outcome, credential, claims };
  }
  const principal: SystemPrincipal = {
    kind: "system",
    credential: found.kind,
    id: found.credential_id,
    publicId: found.public_id,
    name: found.name,
    tenantId: found.tenant_id,
    tenantSid: found.sid,
    isMaster: found.is_master,
    scopes,
    expiresAt: claims?.exp ?? null,
    memo,
    origin,
  };
  return { accepted: true, principal, credential, claims };
}
