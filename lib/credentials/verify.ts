import type { VerifiedCredential } from "@/db/queries/rule";
import { verifyCredential } from "@/db/queries/verify";
import { hashSecretHex, isWellFormed } from "@/lib/credentials/secret-format";
import { databaseNow } from "@/lib/keys/ring";
import type { AccessTokenClaims } from "@/lib/oauth/access-token";
import {
  type AccessToken,
  looksLikeJwt,
  readAccessToken,
  timesHold,
} from "@/lib/oauth/read-access-token";
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
  const verify = (token: AccessToken | null): Soon<T> =>
    token ? verifyRead(token, origin, use) : use(refused("unknown"));
  const token = readAccessToken(bearer);
  return token instanceof Promise ? token.then(verify) : verify(token);
}

function verifyRead<T>(token: AccessToken, origin: Origin, use: Use<T>): Promise<T> {
  const { client_id: clientId, jti, entity_id } = token.claims;
  return verifyCredential({ clientId, jti }, origin.address ?? "", (found) => {
    if (!found || found.tenant_id !== entity_id) return use(refused("unknown"));
    const decideAt = (now: number) => use(decideJwt(found, token, now, origin));
    const now = databaseNow();
    return now instanceof Promise ? now.then(decideAt) : decideAt(now);
  });
}

function decideJwt(
  found: VerifiedCredential,
  token: AccessToken,
  now: number,
  origin: Origin,
): Verification {
  const { claims } = token;
  if (found.outcome === "accepted" && !timesHold(claims, now)) {
    return { accepted: false, reason: "expired", credential: factsOf(found).credential, claims };
  }
  return decide(found, token, origin);
}

const refused = (reason: "malformed" | "unknown"): Verification => ({
  accepted: false,
  reason,
  credential: null,
  claims: null,
});

type Facts = {
  credential: KnownCredential;
  scopes: string[];
  expiresAt: number | null;
  memo: SystemPrincipal["memo"];
};

/** What follows from the same answer of the database, made once. */
function factsOf(found: VerifiedCredential): Facts {
  let known = found.derived.facts as Facts | undefined;
  if (!known) {
    const { kind, credential_id: credentialId, tenant_id: tenantId } = found;
    const credential = { kind, credentialId, tenantId };
    known = { credential, scopes: found.scopes.split(" "), expiresAt: null, memo: {} };
    found.derived.facts = known;
  }
  return known;
}

/** What follows from it and the same JWT. */
function factsOfJwt(found: VerifiedCredential, token: AccessToken): Facts {
  const known = token.derived as { found: VerifiedCredential; facts: Facts } | undefined;
  if (known?.found === found) return known.facts;
  const { credential, scopes: held } = factsOf(found);
  const scopes = token.claims.scope.split(" ").filter((scope) => covers(held, scope));
  const expiresAt = token.claims.exp;
  // Many are shown once: what is made of those may be forgotten at once.
  if (!token.isFamiliar) return { credential, scopes, expiresAt, memo: null };
  const facts = { credential, scopes, expiresAt, memo: {} };
  token.derived = { found, facts };
  return facts;
}

function decide(
  found: VerifiedCredential,
  token: AccessToken | null,
  origin: Origin,
): Verification {
  const facts = token ? factsOfJwt(found, token) : factsOf(found);
  const claims = token?.claims ?? null;
  const { credential } = facts;
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
    scopes: facts.scopes,
    expiresAt: facts.expiresAt,
    memo: facts.memo,
    origin,
  };
  return { accepted: true, principal, credential, claims };
}
