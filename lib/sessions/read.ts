import { onPlatform } from "@/db/client";
import { findSession, listTenantsOfUser, touchSession } from "@/db/queries/sessions";
import type { Origin, UserPrincipal } from "@/lib/principal";
import { hashSessionSecret, idleSeconds } from "@/lib/sessions/secret";

/**
 * Who a session's secret signs in, read afresh from the database each time: user, staff role,
 * memberships. Null once the session has ended, expired or idled, or its user is disabled.
 */
export async function readSession(origin: Origin, secret: string): Promise<UserPrincipal | null> {
  return onPlatform(async (tx) => {
    const session = await findSession(tx, hashSessionSecret(secret), idleSeconds);
    if (!session) return null;
    if (session.stale) await touchSession(tx, session.id);
    const tenants = await listTenantsOfUser(tx, session.userId);
    return {
      kind: "user",
      userId: session.userId,
      email: session.email,
      name: session.name,
      staffRole: session.staffRole,
      memberships: tenants.map(({ tenantId, role }) => ({ tenantId, role })),
      sessionId: session.id,
      origin,
    };
  });
}
