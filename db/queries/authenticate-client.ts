import { createBatcher } from "../batcher";
import { askVerifier, verifiersAtOnce } from "../client";

/** What a client shows: its public id, and the SHA-256 of its secret. */
export type ClientKey = { clientId: string; secretHash: Buffer };

/** A client that exists, and whether it may have a JWT at this moment. */
export type AuthenticatedClient = {
  credential_id: string;
  public_id: string;
  tenant_id: string;
  sid: string;
  name: string;
  /** By space, as it goes on the wire. */
  scopes: string;
  is_master: boolean;
  outcome:
    | "accepted"
    | "unknown-secret"
    | "secret-retired"
    | "revoked"
    | "inactive"
    | "tenant-suspended"
    | "auth-type";
};

type Row = [
  place: number,
  credentialId: string,
  publicId: string,
  tenantId: string,
  sid: string,
  name: string,
  scopes: string,
  isMaster: boolean,
  outcome: AuthenticatedClient["outcome"],
];

const statement = `select i, credential_id, public_id, tenant_id, sid, name, scopes, is_master, outcome
  from broker_authenticate($1::text::text[], $2::text::bytea[])`;

async function authenticateBatch(keys: ClientKey[]): Promise<(AuthenticatedClient | null)[]> {
  const ids = `{${keys.map((key) => `"${key.clientId}"`).join(",")}}`;
  const hashes = `{${keys.map((key) => `"\\\\x${key.secretHash.toString("hex")}"`).join(",")}}`;
  const rows = (await askVerifier(statement, [ids, hashes])) as Row[];
  const found: (AuthenticatedClient | null)[] = keys.map(() => null);
  for (const [
    place,
    credential_id,
    public_id,
    tenant_id,
    sid,
    name,
    scopes,
    is_master,
    outcome,
  ] of rows) {
    found[place - 1] = {
      credential_id,
      public_id,
      tenant_id,
      sid,
      name,
      scopes,
      is_master,
      outcome,
    };
  }
  return found;
}

const shared = globalThis as { [key: symbol]: ReturnType<typeof createAuthenticator> | undefined };
const authenticatorKey = Symbol.for("servicebroker.client-authenticator");
const createAuthenticator = () =>
  createBatcher(authenticateBatch, {
    inFlight: verifiersAtOnce(),
    enough: 12,
    slow: 5,
    batch: 64,
    queue: 4096,
    patience: 700,
  });

/**
 * Looks client and secret up together, in a statement that starts after this call: nothing is
 * cached. `clientId` must be plain `[0-9A-Za-z_]`.
 * @returns null for a client that doesn't exist.
 * @throws DatabaseUnavailable; Overloaded when too many wait.
 */
export function authenticateClient(key: ClientKey): Promise<AuthenticatedClient | null> {
  shared[authenticatorKey] ??= createAuthenticator();
  // Whoever floods us with one client waits behind itself.
  return shared[authenticatorKey](
    `${key.clientId} ${key.secretHash.toString("hex")}`,
    key.clientId,
    key,
    (found) => found,
  );
}
