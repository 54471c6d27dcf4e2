import { createBatcher } from "../batcher";
import { askVerifier, verifiersAtOnce } from "../client";

/** What a bearer shows: a token's SHA-256 in hex, or client and `jti` of a JWT whose signature holds. */
export type CredentialKey = { tokenHash: string } | { clientId: string; jti: string };

export type Outcome =
  | "accepted"
  | "revoked"
  | "overlap-ended"
  | "inactive"
  | "tenant-suspended"
  | "auth-type"
  | "jti-revoked";

/** A credential that exists, and whether the rule (contract §5) accepts it at this moment. */
export type VerifiedCredential = Readonly<{
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
}>;

type Found = VerifiedCredential | null;

const statement =
  "select broker_verify_batch($1::text::bytea[], $2::text::text[], $3::text::uuid[])";

/** Separators of the function's text: none of its fields can hold one. */
const ROW = "\x1e";
const FIELD = "\x1f";

async function verifyBatch(keys: CredentialKey[]): Promise<Found[]> {
  let hashes = "";
  let clientIds = "";
  let jtis = "";
  const tokenAt: number[] = [];
  const clientAt: number[] = [];
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as CredentialKey;
    if ("tokenHash" in key) {
      hashes += `${tokenAt.length === 0 ? "" : ","}"\\\\x${key.tokenHash}"`;
      tokenAt.push(i);
    } else {
      const comma = clientAt.length === 0 ? "" : ",";
      clientIds += `${comma}"${key.clientId}"`;
      jtis += comma + key.jti;
      clientAt.push(i);
    }
  }
  const [row] = await askVerifier(statement, [`{${hashes}}`, `{${clientIds}}`, `{${jtis}}`]);
  const found: Found[] = new Array(keys.length).fill(null);
  const text = (row as [string | null] | undefined)?.[0];
  if (!text) return found;
  for (const line of text.split(ROW)) {
    const kind = line.startsWith("t") ? "token" : "client";
    const end = line.indexOf(FIELD, 2);
    const index = (kind === "token" ? tokenAt : clientAt)[Number(line.slice(2, end)) - 1] as number;
    const credential = credentialOf(kind, line.slice(end + 1));
    found[index] = credential;
    learn(keys[index] as CredentialKey, credential.tenant_id);
  }
  return found;
}

/** What the same words of the database mean, every time: reading them costs more than finding them. */
const readings = {
  token: new Map<string, VerifiedCredential>(),
  client: new Map<string, VerifiedCredential>(),
};
const mostReadings = 20_000;

function credentialOf(kind: "token" | "client", words: string): VerifiedCredential {
  const known = readings[kind];
  let credential = known.get(words);
  if (!credential) {
    // Of a copy: a part of the answer's text would keep all of it in memory.
    const own = Buffer.from(words).toString();
    credential = toCredential(kind, own.split(FIELD) as Fields);
    if (known.size >= mostReadings) known.clear();
    known.set(own, credential);
  }
  return credential;
}

type Fields = [Outcome, string, string, string, string, string, string, string];

function toCredential(kind: "token" | "client", fields: Fields): VerifiedCredential {
  const [outcome, credential_id, public_id, tenant_id, sid, is_master, scopes, name] = fields;
  return {
    kind,
    credential_id,
    public_id: public_id === "" ? credential_id : public_id,
    tenant_id,
    sid,
    name,
    scopes,
    is_master: is_master === "t",
    outcome,
  };
}

/** Whose a credential is never changes. Known only to take turns by, never to decide by. */
const tenantsKnown = new Map<string, string>();
const mostKnown = 50_000;

function learn(key: CredentialKey, tenantId: string): void {
  const id = idOf(key);
  if (tenantsKnown.has(id)) return;
  if (tenantsKnown.size >= mostKnown) tenantsKnown.clear();
  tenantsKnown.set(id, tenantId);
}

const idOf = (key: CredentialKey): string =>
  "tokenHash" in key ? key.tokenHash : `${key.clientId} ${key.jti}`;

const shared = globalThis as { [key: symbol]: ReturnType<typeof createVerifier> | undefined };
const verifierKey = Symbol.for("servicebroker.verifier");
const createVerifier = () =>
  createBatcher(verifyBatch, {
    inFlight: verifiersAtOnce(),
    batch: 128,
    queue: 4096,
    patience: 700,
  });

/**
 * Looks one credential up, in a statement that starts after this call: nothing is cached.
 * `clientId` and `jti` must be plain `[0-9A-Za-z_-]`.
 * @param source whose turn it takes while we don't know the credential's Tenant: an address
 * @returns null for a credential that doesn't exist.
 * @throws DatabaseUnavailable; Overloaded when too many wait.
 */
export function verifyCredential(key: CredentialKey, source: string): Promise<Found> {
  shared[verifierKey] ??= createVerifier();
  const id = idOf(key);
  return shared[verifierKey](id, tenantsKnown.get(id) ?? source, key);
}
