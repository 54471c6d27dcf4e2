import { bearerOf, invalidToken } from "@/lib/credentials/bearer";
import { type Soon, type Verification, verifyBearer } from "@/lib/credentials/verify";
import { AppError, isAppError } from "@/lib/errors";
import type { Answer, Call } from "@/lib/http/call";
import type { Handler, Params } from "@/lib/http/endpoint";
import { countBadCredential } from "@/lib/limits/bad-credentials";
import type { Origin, SystemPrincipal } from "@/lib/principal";
import { covers } from "@/lib/scopes";
import { recordRefusal, recordUse } from "@/lib/usage/record";

type Accepted = Verification & { accepted: true };
/** What a caller makes of a System, or of the refusal `invalid_token` or `insufficient_scope`. */
type Use<T> = (caller: SystemPrincipal | AppError) => T;

/**
 * Who is calling a bearer endpoint. Counts the call by its outcome.
 * @param wanted scopes that the credential must cover.
 * @returns what `use` makes of it; no promise where the database isn't asked: what is malformed is
 *   refused at once.
 * @throws AppError `unauthenticated`, `invalid_request`, `too_many_requests`.
 */
export function authenticate<T>(call: Call, wanted: string[], use: Use<T>): Soon<T> {
  const origin = originOf(call);
  return verifyBearer(bearerOf(call), origin, (result) => {
    const caller = judge(result, wanted, origin);
    return caller instanceof Promise ? caller.then(use) : use(caller);
  });
}

/** As `authenticate`, for a verb that needs a principal. @throws the refusal, too. */
export async function demandSystem(call: Call, wanted: string[]): Promise<SystemPrincipal> {
  return authenticate(call, wanted, orThrow);
}

function judge(
  result: Verification,
  wanted: string[],
  origin: Origin,
): Soon<SystemPrincipal | AppError> {
  if (!result.accepted) return refuse(result, origin);
  const { principal, credential } = result;
  for (const scope of wanted) {
    if (covers(principal.scopes, scope)) continue;
    recordUse(credential, "scope", origin);
    return lacking(wanted);
  }
  recordUse(credential, "accepted", origin);
  return principal;
}

/** Keeps a refused call for support, and counts what is none of ours against its address. */
function refuse(result: Verification & { accepted: false }, origin: Origin): Soon<AppError> {
  recordRefusal(result.credential, result.reason, origin);
  const counted = result.credential ? undefined : countBadCredential(origin.address);
  return counted ? counted.then(invalidToken) : invalidToken();
}

const originOf = (call: Call): Origin => ({
  requestId: call.requestId,
  address: call.address,
  userAgent: call.header("user-agent"),
});

function lacking(wanted: string[]): AppError {
  const scope = wanted.join(" ");
  return new AppError("insufficient_scope", `This needs a credential with the scope ${scope}.`, {
    scope,
  });
}

function orThrow<T>(result: T | AppError): T {
  if (result instanceof AppError) throw result;
  return result;
}

/** The good credential that a call shows, not counted yet. @throws AppError for any other */
async function identify(call: Call): Promise<Accepted> {
  const origin = originOf(call);
  const result = await verifyBearer(bearerOf(call), origin, (verified) => verified);
  return result.accepted ? result : Promise.reject(await refuse(result, origin));
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
    return async (call, params) => run(await demandSystem(call, [scope]), call, params);
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
