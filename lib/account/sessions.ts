import { onPlatform } from "@/db/client";
import { endSessionsOf } from "@/db/queries/account";
import { notFound } from "@/lib/errors";
import type { UserPrincipal } from "@/lib/principal";
import { recordForUser } from "@/lib/sessions/record";

/** Signs out one of one's own sessions, elsewhere or here. @throws AppError `not_found` */
export async function endOwnSession(
  principal: UserPrincipal,
  input: { sessionId: string },
): Promise<void> {
  const ended = await end(principal, { only: input.sessionId });
  if (ended === 0) throw notFound("session");
}

/** Signs out everywhere but here; returns how many sessions that were. */
export async function endOtherSessions(
  principal: UserPrincipal,
): Promise<{ sessionsEnded: number }> {
  return { sessionsEnded: await end(principal, { except: principal.sessionId }) };
}

function end(principal: UserPrincipal, which: { only: string } | { except: string }) {
  return onPlatform(async (tx) => {
    const sessionsEnded = await endSessionsOf(tx, principal.userId, which);
    if (sessionsEnded > 0) {
      const user = { id: principal.userId, email: principal.email };
      await recordForUser(tx, principal.origin, user, "user.sessions-ended", { sessionsEnded });
    }
    return sessionsEnded;
  });
}
