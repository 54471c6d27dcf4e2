import { createBatcher } from "../batcher";
import { verifierPool } from "../client";

/** What a bearer shows: a token's SHA-256, or the client and `jti` of a JWT whose signature holds. */
export type CredentialKey = { tokenHash: Buffer } | { clientId: string; jti: string };

export type Outcome =
  | "accepted"
  | "revoked"
  | "overlap-ended"
  | "inactive"
  | "tenant-suspended"
  | "auth-type"
  | "jti-revoked";

/** A credential that exists, and whether the rule (contract §5) accepts it at this moment. */
export type VerifiedCredential = {
  kind: "token" | "client";
  credential_id: string;
  public_id: string;
  tenant_id: string;
  sid: string;
  name: string;
  /** By space, as it goes on the wire. */
  scopes: string;
  is_master: boolean;
  outcome: Outcome;
};

type Row = VerifiedCredential & { i: number };

const statement =
  "select * from broker_verify($1::text::bytea[], $2::text::text[], $3::text::uuid[])";

const arrayLiteral = (items: (string | null)[]) =>
  `{${items.map((item) => (item === null ? "null" : `"${item}"`)).join(",")}}`;

async function verifyBatch(keys: CredentialKey[]): Promise<(VerifiedCredential | null)[]> {
  const hashes = keys.map((key) =>
    "tokenHash" in key ? `\\\\x${key.tokenHash.toString("hex")}` : null,
  );
  const clientIds = keys.map((key) => ("clientId" in key ? key.clientId : null));
  const jtis = keys.map((key) => ("jti" in key ? key.jti : null));
  const rows = (await verifierPool().unsafe(
    statement,
    [arrayLiteral(hashes), arrayLiteral(clientIds), arrayLiteral(jtis)],
    { prepare: true },
  )) as unknown as Row[];
  const found: (VerifiedCredential | null)[] = keys.map(() => null);
  for (const row of rows) found[row.i - 1] = row;
  return found;
}

const shared = globalThis as { [key: symbol]: ReturnType<typeof createVerifier> | undefined };
const verifierKey = Symbol.for("servicebroker.verifier");
const createVerifier = () => createBatcher(verifyBatch, { inFlight: 2, batch: 128, queue: 10_000 });

/**
 * Looks one credential up, in a statement that starts after this call: nothing is cached.
 * `clientId` and `jti` must be plain `[0-9A-Za-z_-]`.
 * @returns null for a credential that doesn't exist.
 * @throws DatabaseUnavailable; BatchQueueFull when too many wait.
 */
export function verifyCredential(key: CredentialKey): Promise<VerifiedCredential | null> {
  shared[verifierKey] ??= createVerifier();
  return shared[verifierKey](key);
}
