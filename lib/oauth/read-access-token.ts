import { z } from "zod";
import { RecentMap } from "@/db/recent-map";
import { clientIdForm } from "@/lib/clients/schema";
import { hashSecretHex } from "@/lib/credentials/secret-format";
import { publishedKey, type RingKey } from "@/lib/keys/ring";
import type { AccessTokenClaims } from "@/lib/oauth/access-token";
import { signatureHolds } from "@/lib/oauth/jws";
import { Sightings } from "@/lib/oauth/sightings";
import { settings } from "@/lib/settings";

/** Seconds by which clocks may differ (contract §4). */
const skew = 5;
const kidForm = /^[A-Za-z0-9_-]{43}$/;
const jwtForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Only what we write is read: a header that names a key, an extension or another type is refused. */
const headerSchema = z.strictObject({
  typ: z.literal("at+jwt"),
  alg: z.literal("ES256"),
  kid: z.string().regex(kidForm),
});

const isText = (value: unknown) => typeof value === "string";
const isLike = (form: RegExp) => (value: unknown) => typeof value === "string" && form.test(value);
const isUuid = isLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const isTime = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

/** Claims as we write them. Not by Zod, which took a thirtieth of what a new token costs. */
const claimForms = new Map<string, (value: unknown) => boolean>([
  ["iss", isText],
  ["aud", isText],
  ["sub", isText],
  ["client_id", isLike(clientIdForm)],
  ["iat", isTime],
  ["exp", isTime],
  ["jti", isUuid],
  ["scope", isText],
  ["entity_id", isUuid],
]);

/** Whether these are all claims of an access token and no others, but that it may have `nbf`. */
function areClaims(value: unknown): value is AccessTokenClaims {
  let count = 0;
  for (const name in value as Record<string, unknown>) {
    const claim = (value as Record<string, unknown>)[name];
    if (name === "nbf") {
      if (!isTime(claim)) return false;
    } else {
      if (!claimForms.get(name)?.(claim)) return false;
      count++;
    }
  }
  return count === claimForms.size;
}

/** What was read of a token whose signature held. */
type Read = {
  /** SHA-256 of the whole token, hex. */
  readonly digest: string;
  readonly kid: string;
  readonly claims: AccessTokenClaims;
};

/** Tokens that were shown twice or more, by the mark of each. */
const remembered = new RecentMap<Read>(20_000);
/** Many are shown once and never again: those need not be kept. */
const sightings = new Sightings();

/**
 * The end of a signature: enough to tell tokens apart, too little to be a secret, and short enough
 * to be a text of its own. Which token it is of, only the digest says.
 */
const markOf = (bearer: string): string => bearer.slice(-12);

/** Whether a string has the shape of a JWS in compact serialization (RFC 7515 section 3.1). */
export const looksLikeJwt = (bearer: string): boolean => jwtForm.test(bearer);

/**
 * Reads one of our access tokens: signature by a published key, algorithm, type, issuer and
 * audience hold (RFC 9068 section 4). Times, client, Tenant and `jti` are left to the caller, who
 * asks afresh each time.
 * @returns null for anything else, never a reason; at once where no key has to be read first.
 * @throws DatabaseUnavailable
 */
export function readAccessToken(
  bearer: string,
): AccessTokenClaims | null | Promise<AccessTokenClaims | null> {
  const mark = markOf(bearer);
  const known = recall(mark, bearer);
  const kid = known ? known.kid : kidOf(bearer.slice(0, bearer.indexOf(".")));
  if (kid === null) return null;
  const read = (key: RingKey | null) => {
    if (known && !key) remembered.delete(mark);
    return key && (known?.claims ?? readWith(key, bearer, mark));
  };
  const key = publishedKey(kid);
  return key instanceof Promise ? key.then(read) : read(key);
}

function recall(mark: string, bearer: string): Read | undefined {
  const known = remembered.get(mark);
  return known && known.digest === hashSecretHex(bearer) ? known : undefined;
}

function readWith(key: RingKey, bearer: string, mark: string): AccessTokenClaims | null {
  if (!signatureHolds(bearer, key.publicKey)) return null;
  const claims = claimsOf(bearer.slice(bearer.indexOf(".") + 1, bearer.lastIndexOf(".")));
  if (!claims) return null;
  if (sightings.note(mark)) {
    remembered.set(mark, { digest: hashSecretHex(bearer), kid: key.kid, claims });
  }
  return claims;
}

const jsonOf = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());

/** The header that was read last: it is the same for every token that a key has signed. */
let lastHeader: { text: string; kid: string } | undefined;

function kidOf(text: string): string | null {
  if (lastHeader?.text === text) return lastHeader.kid;
  try {
    const { kid } = headerSchema.parse(jsonOf(text));
    lastHeader = { text, kid };
    return kid;
  } catch {
    return null;
  }
}

function claimsOf(payload: string): AccessTokenClaims | null {
  try {
    const claims = jsonOf(payload);
    if (!areClaims(claims)) return null;
    const { publicUrl, audience } = settings();
    const isOurs = claims.iss === publicUrl && claims.aud === audience;
    return isOurs && claims.sub === claims.client_id ? claims : null;
  } catch {
    return null;
  }
}

/**
 * Whether a time lies within those of a token: not over, begun, and not issued in the future.
 * @param now milliseconds since the epoch
 */
export function timesHold(claims: AccessTokenClaims, now: number): boolean {
  const seconds = now / 1000;
  const begun = Math.max(claims.iat, claims.nbf ?? 0) - skew <= seconds;
  return begun && seconds < claims.exp + skew;
}
