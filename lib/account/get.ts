import { onPlatform } from "@/db/client";
import { findSecrets, listOpenSessions } from "@/db/queries/account";
import type { Account } from "@/lib/account/schema";
import { notFound } from "@/lib/errors";
import type { UserPrincipal } from "@/lib/principal";
import { idleSeconds } from "@/lib/sessions/secret";

/** A person's own account: how they sign in, and where they are signed in. */
export function getAccount(principal: UserPrincipal): Promise<Account> {
  return onPlatform(async (tx) => {
    const secrets = await findSecrets(tx, principal.userId);
    if (!secrets) throw notFound("user");
    const sessions = await listOpenSessions(tx, principal.userId, idleSeconds);
    return {
      email: principal.email,
      name: principal.name,
      hasPassword: secrets.passwordHash !== null,
      totpSince: secrets.totpConfirmedAt?.toISOString() ?? null,
      recoveryCodesLeft: secrets.recoveryCodeHashes.length,
      sessions: sessions.map(({ createdAt, lastSeenAt, ...session }) => ({
        ...session,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        current: session.id === principal.sessionId,
      })),
    };
  });
}
