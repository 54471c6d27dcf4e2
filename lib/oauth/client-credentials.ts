import { AppError } from "@/lib/errors";
import { type IssuedAccessToken, issueAccessToken } from "@/lib/oauth/access-token";
import type { SystemPrincipal } from "@/lib/principal";
import { covers } from "@/lib/scopes";
import { settings } from "@/lib/settings";

/**
 * The client credentials grant (RFC 6749 section 4.4): an access token for a client that has shown
 * its secret.
 * @param input.scope what it asks for, by space; all that it has where it doesn't say
 * @param input.seconds how long it is to be good for
 * @throws AppError `invalid_scope` for a scope that the client lacks; `invalid_request`.
 */
export function grantClientCredentials(
  client: SystemPrincipal,
  input: { scope?: string; seconds?: number },
): Promise<IssuedAccessToken> {
  const { BROKER_JWT_SECONDS, BROKER_JWT_MAX_SECONDS } = settings();
  const seconds = input.seconds ?? Math.min(BROKER_JWT_SECONDS, BROKER_JWT_MAX_SECONDS);
  if (seconds > BROKER_JWT_MAX_SECONDS) {
    const message = `Must be at most ${BROKER_JWT_MAX_SECONDS}.`;
    const issues = [{ path: "ExpiresInSeconds", message }];
    throw new AppError("invalid_request", `ExpiresInSeconds: ${message}`, { issues });
  }
  return issueAccessToken(client, narrowed(client.scopes, input.scope), seconds);
}

function narrowed(held: string[], wanted: string | undefined): string[] {
  if (wanted === undefined) return held;
  const asked = [...new Set(wanted.split(" ").filter((scope) => scope !== ""))];
  if (asked.length === 0 || !asked.every((scope) => covers(held, scope))) {
    throw new AppError("invalid_scope", "This client may not have a scope that was asked for.");
  }
  return asked;
}
