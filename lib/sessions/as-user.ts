import { demand, type Permission } from "@/lib/authorize";
import { AppError, isAppError } from "@/lib/errors";
import type { Answer, Call } from "@/lib/http/call";
import type { Handler, Params } from "@/lib/http/endpoint";
import { demandOwnOrigin } from "@/lib/http/own-origin";
import { idFromPath } from "@/lib/ids";
import type { Origin, UserPrincipal } from "@/lib/principal";
import { cookieName, openSessionCookie, readCookie } from "@/lib/sessions/cookies";
import { recordDenial } from "@/lib/sessions/denial";
import { readSession } from "@/lib/sessions/read";

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/** Where a call came from, as verbs want to know it. */
export const originOf = (call: Call): Origin => ({
  requestId: call.requestId,
  address: call.address,
  userAgent: call.header("user-agent"),
});

/**
 * A handler of the portal's own API: demands a session by cookie and, for what changes something,
 * our own Origin. What the person may do is the verb's to decide.
 */
export function asUser(
  run: (principal: UserPrincipal, call: Call, params: Params) => Promise<Answer>,
): Handler {
  return async (call, params) => {
    const changes = !harmless.has(call.method);
    if (changes) demandOwnOrigin(call);
    const sealed = readCookie(call.header("cookie"), cookieName("session"));
    const secret = await openSessionCookie(sealed);
    const principal = secret ? await readSession(originOf(call), secret) : null;
    if (!principal) throw new AppError("unauthenticated", "Sign in first.");
    try {
      return await run(principal, call, params);
    } catch (error) {
      const denied = changes && isAppError(error) && error.code === "forbidden";
      if (denied) await recordDenial(principal, call, params.tenantId);
      throw error;
    }
  };
}

/**
 * A handler on one Tenant: as `asUser`, and the person must have a permission there before
 * anything of the request is read. `tenantId` and the other ids of the path are UUIDs.
 */
export function asMember(
  permission: Permission,
  run: (
    principal: UserPrincipal,
    call: Call,
    ids: { tenantId: string; tokenId: string },
    params: Params,
  ) => Promise<Answer>,
): Handler {
  return asUser((principal, call, params) => {
    const tenantId = idFromPath(params.tenantId, "Tenant");
    demand(principal, tenantId, permission);
    const tokenId = "tokenId" in params ? idFromPath(params.tokenId, "token") : "";
    return run(principal, call, { tenantId, tokenId }, params);
  });
}
