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
  /** For callers to keep what they made of it: the same words of the database, the same object. */
  derived: { facts?: unknown };
}>;

type Found = VerifiedCredential | null;

const statement =
  "select broker_verify_batch($1::text::bytea[], $2::text::text[], $3::text::uuid[])";

/** Separators of the function's text: none of its fields can hold one. */
const ROW = "\x1e";
const FIELD = "\x1f";

/** A key with what is known of its credential, looked up once. */
type Wanted = { key: CredentialKey; id: string; last: Known | undefined };

async function verifyBatch(wanted: Wanted[]): Promise<Found[]> {
  let hashes = "";
  let clientIds = "";
  let jtis = "";
  const tokenAt: number[] = [];
  const clientAt: number[] = [];
  for (let i = 0; i < wanted.length; i++) {
    const { key } = wanted[i] as Wanted;
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
  const found: Found[] = new Array(wanted.length).fill(null);
  const text = (row as [string | null] | undefined)?.[0];
  if (!text) return found;
  for (const line of text.split(ROW)) {
    const kind = line.startsWith("t") ? "token" : "client";
    const end = line.indexOf(FIELD, 2);
    const index = (kind === "token" ? tokenAt : clientAt)[Number(line.slice(2, end)) - 1] as number;
    found[index] = credentialOf(kind, wanted[index] as Wanted, line.slice(end + 1));
  }
  return found;
}

/**
 * What the database said last of a credential. The same words mean the same every time, and reading
 * them costs more than finding them.
 */
type Known = { words: string; credential: VerifiedCredential };
const known = new Map<string, Known>();
const mostKnown = 20_000;

function credentialOf(kind: "token" | "client", wanted: Wanted, words: string): VerifiedCredential {
  if (wanted.last?.words === words) return wanted.last.credential;
  // Of a copy: a part of the answer's text would keep all of it in memory.
  const own = Buffer.from(words).toString();
  const credential = toCredential(kind, own.split(FIELD) as Fields);
  if (known.size >= mostKnown) known.clear();
  known.set(wanted.id, { words: own, credential });
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
    derived: {},
  };
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
  const last = known.get(id);
  // Whose a credential is never changes: good enough to take turns by, if not to decide by.
  return shared[verifierKey](id, last?.credential.tenant_id ?? source, { key, id, last });
}
