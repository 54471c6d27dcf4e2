import type { Answer, Call } from "@/lib/http/call";
import type { Handler } from "@/lib/http/endpoint";
import { demandOwnOrigin } from "@/lib/http/own-origin";
import type { Origin, UserPrincipal } from "@/lib/principal";
import { originOf } from "@/lib/sessions/as-user";
import { cookieName, openSessionCookie, readCookie } from "@/lib/sessions/cookies";
import { readSession } from "@/lib/sessions/read";

/** A handler for people who may not be signed in: our own Origin is all that it demands. */
export function asAnyone(
  run: (origin: Origin, call: Call, signedIn: UserPrincipal | null) => Promise<Answer>,
): Handler {
  return async (call) => {
    demandOwnOrigin(call);
    const origin = originOf(call);
    const sealed = readCookie(call.header("cookie"), cookieName("session"));
    const secret = await openSessionCookie(sealed);
    return run(origin, call, secret ? await readSession(origin, secret) : null);
  };
}
