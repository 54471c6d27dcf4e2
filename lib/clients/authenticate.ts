import {
  type AuthenticatedClient,
  authenticateClient as lookUp,
} from "@/db/queries/authenticate-client";
import { clientIdSchema } from "@/lib/clients/schema";
import { hashSecret, isWellFormed } from "@/lib/credentials/secret-format";
import { AppError } from "@/lib/errors";
import { countBadCredential } from "@/lib/limits/bad-credentials";
import type { Origin, SystemPrincipal } from "@/lib/principal";
import { recordRefusal, recordUse } from "@/lib/usage/record";
import type { RefusalReason } from "@/lib/usage/schema";

export type ClientCredentials = { clientId: string; clientSecret: string };

/**
 * Who shows this ClientId and secret, by the database's truth at this moment. Whatever is wrong,
 * the answer is the same and takes the same single look-up; only what cannot be a ClientId or a
 * secret at all costs none.
 * @throws AppError `invalid_client`, `too_many_requests`; DatabaseUnavailable.
 */
export async function authenticateClient(
  { clientId, clientSecret }: ClientCredentials,
  origin: Origin,
): Promise<SystemPrincipal> {
  const plausible =
    clientIdSchema.safeParse(clientId).success && isWellFormed(clientSecret, "sbcs_");
  const found = plausible ? await lookUp({ clientId, secretHash: hashSecret(clientSecret) }) : null;
  if (found?.outcome !== "accepted") throw await refusal(found, origin);
  recordUse(knownOf(found), "accepted", origin);
  return {
    kind: "system",
    credential: "client",
    id: found.credential_id,
    publicId: found.public_id,
    name: found.name,
    tenantId: found.tenant_id,
    tenantSid: found.sid,
    isMaster: found.is_master,
    scopes: found.scopes.split(" "),
    expiresAt: null,
    memo: null,
    origin,
  };
}

const knownOf = (found: AuthenticatedClient) =>
  ({
    kind: "client",
    credentialId: found.credential_id,
    tenantId: found.tenant_id,
  }) as const;

/** Keeps for support why; a wrong secret counts against its address, too. */
async function refusal(found: AuthenticatedClient | null, origin: Origin): Promise<AppError> {
  const outcome = found?.outcome ?? "unknown-secret";
  if (found && outcome !== "unknown-secret" && outcome !== "secret-retired") {
    recordRefusal(knownOf(found), outcome as RefusalReason, origin);
  } else {
    recordRefusal(null, "unknown", origin);
    if (outcome === "unknown-secret") await countBadCredential(origin.address);
  }
  return invalidClient();
}

/** The one answer to every client that is not let in: why is not the caller's to know. */
export const invalidClient = () => new AppError("invalid_client", "Client authentication failed.");
