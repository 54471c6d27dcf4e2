import { bearerOf, invalidToken } from "@/lib/credentials/bearer";
import { type Verification, verifyBearer } from "@/lib/credentials/verify";
import { AppError, isAppError } from "@/lib/errors";
import type { Answer, Call } from "@/lib/http/call";
import type { Handler, Params } from "@/lib/http/endpoint";
import { countBadCredential } from "@/lib/limits/bad-credentials";
import type { SystemPrincipal } from "@/lib/principal";
import { covers } from "@/lib/scopes";
import { recordRefusal, recordUse } from "@/lib/usage/record";

type Accepted = Verification & { accepted: true };

/**
 * Who is calling a bearer endpoint. Counts the call by its outcome.
 * @param wanted scopes that the credential must cover.
 * @throws AppError `unauthenticated`, `invalid_token`, `insufficient_scope`, `invalid_request`,
 *   `too_many_requests`.
 */
export function authenticate(
  call: Call,
  wanted: string[] = [],
): SystemPrincipal | Promise<SystemPrincipal> {
  const identified = identify(call);
  return identified instanceof Promise
    ? identified.then((accepted) => demandScopes(accepted, wanted))
    : demandScopes(identified, wanted);
}

function demandScopes({ principal, credential }: Accepted, wanted: string[]): SystemPrincipal {
  const missing = wanted.find((scope) => !covers(principal.scopes, scope));
  recordUse(credential, missing === undefined ? "accepted" : "scope", principal.origin);
  if (missing === undefined) return principal;
  const scope = wanted.join(" ");
  throw new AppError("insufficient_scope", `This needs a credential with the scope ${scope}.`, {
    scope,
  });
}

/** The good credential that a call shows, not counted yet; one that isn't good is refused for good. */
function identify(call: Call): Accepted | Promise<Accepted> {
  const bearer = bearerOf(call);
  const origin = {
    requestId: call.requestId,
    address: call.address,
    userAgent: call.header("user-agent"),
  };
  // No promise where the database isn't asked: what is malformed is refused at once.
  const result = verifyBearer(bearer, origin);
  return result instanceof Promise ? result.then(acceptedOf) : acceptedOf(result);

  function acceptedOf(verified: Verification): Accepted | Promise<Accepted> {
    if (verified.accepted) return verified;
    recordRefusal(verified.credential, verified.reason, origin);
    const counted = verified.credential ? undefined : countBadCredential(call.address);
    if (!counted) throw invalidToken();
    return counted.then(() => {
      throw invalidToken();
    });
  }
}

/**
 * A handler for Systems: authenticates, demands a scope, then runs.
 * `scope` null leaves the decision to the verb, which knows what is asked for.
 */
export function asSystem(
  scope: string | null,
  run: (principal: SystemPrincipal, call: Call, params: Params) => Promise<Answer>,
): Handler {
  if (scope !== null) {
    return async (call, params) => run(await authenticate(call, [scope]), call, params);
  }
  return async (call, params) => {
    const { principal, credential } = await identify(call);
    let outcome: "accepted" | "scope" = "accepted";
    try {
      return await run(principal, call, params);
    } catch (error) {
      if (isAppError(error) && error.code === "insufficient_scope") outcome = "scope";
      throw error;
    } finally {
      recordUse(credential, outcome, principal.origin);
    }
  };
}
