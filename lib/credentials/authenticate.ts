import { bearerOf, invalidToken } from "@/lib/credentials/bearer";
import { verifyBearer } from "@/lib/credentials/verify";
import { AppError } from "@/lib/errors";
import type { Answer, Call } from "@/lib/http/call";
import type { Handler, Params } from "@/lib/http/endpoint";
import { countBadCredential } from "@/lib/limits/bad-credentials";
import type { SystemPrincipal } from "@/lib/principal";
import { covers } from "@/lib/scopes";

/**
 * Who is calling a bearer endpoint.
 * @param wanted scopes that the credential must cover.
 * @throws AppError `unauthenticated`, `invalid_token`, `insufficient_scope`, `invalid_request`,
 *   `too_many_requests`.
 */
export async function authenticate(call: Call, wanted: string[] = []): Promise<SystemPrincipal> {
  const bearer = bearerOf(call);
  const origin = {
    requestId: call.requestId,
    address: call.address,
    userAgent: call.header("user-agent"),
  };
  const result = await verifyBearer(bearer, origin);
  if (!result.accepted) {
    const counted = result.credential ? undefined : countBadCredential(call.address);
    if (counted) await counted;
    throw invalidToken();
  }
  const missing = wanted.find((scope) => !covers(result.principal.scopes, scope));
  if (missing !== undefined) {
    throw new AppError(
      "insufficient_scope",
      `This needs a credential with the scope ${wanted.join(" ")}.`,
      {
        scope: wanted.join(" "),
      },
    );
  }
  return result.principal;
}

/**
 * A handler for Systems: authenticates, demands a scope, then runs.
 * `scope` null leaves the decision to the verb, which knows what is asked for.
 */
export function asSystem(
  scope: string | null,
  run: (principal: SystemPrincipal, call: Call, params: Params) => Promise<Answer>,
): Handler {
  const wanted = scope === null ? [] : [scope];
  return async (call, params) => run(await authenticate(call, wanted), call, params);
}
