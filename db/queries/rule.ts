import { askVerifier } from "../client";
import { type RowVersions, rowVersion } from "./row-versions";

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
  /** For callers to keep what they made of it: while nothing changes, it is the same object. */
  derived: { facts?: unknown };
}>;

const statement =
  "select broker_verify_batch($1::text::bytea[], $2::text::text[], $3::text::uuid[])";

/** Separators of the function's text: none of its fields can hold one. */
const ROW = "\x1e";
const FIELD = "\x1f";

/**
 * Has the database apply the rule to each key.
 * @returns which life of which server answered, and its words on each key; none on what doesn't exist
 * @throws DatabaseUnavailable
 */
export async function askRule(
  keys: CredentialKey[],
): Promise<{ server: string; words: (string | undefined)[] }> {
  let hashes = "";
  let clientIds = "";
  let jtis = "";
  const tokenAt: number[] = [];
  const clientAt: number[] = [];
  for (const [at, key] of keys.entries()) {
    if ("tokenHash" in key) {
      hashes += `${tokenAt.length === 0 ? "" : ","}"\\\\x${key.tokenHash}"`;
      tokenAt.push(at);
    } else {
      const comma = clientAt.length === 0 ? "" : ",";
      clientIds += `${comma}"${key.clientId}"`;
      jtis += comma + key.jti;
      clientAt.push(at);
    }
  }
  const rows = await askVerifier(statement, [`{${hashes}}`, `{${clientIds}}`, `{${jtis}}`]);
  const [[text]] = rows as [[string]];
  const [server, ...lines] = text.split(ROW) as [string, ...string[]];
  const words: (string | undefined)[] = new Array(keys.length);
  for (const line of lines) {
    const places = line.startsWith("t") ? tokenAt : clientAt;
    const end = line.indexOf(FIELD, 2);
    words[places[Number(line.slice(2, end)) - 1] as number] = line.slice(end + 1);
  }
  return { server, words };
}

/**
 * What the words mean.
 * @returns also the versions of the rows that they are about; null where the answer may change
 *   although no row does
 */
export function readWords(
  kind: VerifiedCredential["kind"],
  words: string,
): { credential: VerifiedCredential; versions: RowVersions | null } {
  const [outcome, id, publicId, tenant, sid, isMaster, scopes, name, ...versions] = words.split(
    FIELD,
  ) as [Outcome, string, string, string, string, string, string, string, ...string[]];
  const [ctid, xmin, tenantCtid, tenantXmin] = versions;
  return {
    credential: {
      kind,
      credential_id: id,
      public_id: publicId === "" ? id : publicId,
      tenant_id: tenant,
      sid,
      name,
      scopes,
      is_master: isMaster === "t",
      outcome,
      derived: {},
    },
    versions:
      ctid && xmin && tenantCtid && tenantXmin
        ? {
            credential: rowVersion(ctid, xmin, id),
            tenant: rowVersion(tenantCtid, tenantXmin, tenant),
          }
        : null,
  };
}
