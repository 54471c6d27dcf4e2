import { askVerifier } from "../client";

/**
 * One version of one row. Its table's name, `xmin` (the transaction that wrote it) and id tell it
 * from every other: each change of a row leaves another one. Its place is only the way to it.
 */
export type RowVersion = Readonly<{
  /** As the database scans: by block, then by line. */
  order: number;
  /** `ctid`, as an element of an array's text. */
  place: string;
  /** `xmin` and id, in one word. */
  mark: string;
}>;

/** A credential's row and its Tenant's. */
export type RowVersions = Readonly<{ credential: RowVersion; tenant: RowVersion }>;

/** What a statement found of versions: on which life of which server, and whether all still are. */
export type Confirmed = { server: string; areCurrent: boolean };

/** Separates the parts of an answer: none of them can hold it. */
const PART = "\x1e";

// A version that is no longer visible isn't found. Rows come in the order of their places.
const marksOf = (table: string, places: string) =>
  `(select string_agg(concat(xmin, id), ',') from ${table} where ctid = any(${places}::text::tid[]))`;
const statements = {
  token: `select concat_ws(e'\\x1e', pg_postmaster_start_time(), ${marksOf("tokens", "$1")},
    ${marksOf("tenants", "$2")})`,
  client: `select concat_ws(e'\\x1e', pg_postmaster_start_time(), ${marksOf("clients", "$1")},
    ${marksOf("tenants", "$2")},
    case when exists (select from revoked_jwts where jti = any($3::text::uuid[])) then 'revoked' end)`,
};

/** @param xmin as text @param ctid as text: `(block,line)` */
export function rowVersion(ctid: string, xmin: string, id: string): RowVersion {
  const comma = ctid.indexOf(",");
  const order = Number(ctid.slice(1, comma)) * 65_536 + Number(ctid.slice(comma + 1, -1));
  return { order, place: `"${ctid}"`, mark: xmin + id };
}

/**
 * Whether the rows of all these tokens, and their Tenants', are current in these versions.
 * @throws DatabaseUnavailable
 */
export function confirmTokens(versions: RowVersions[]): Promise<Confirmed> {
  return confirm("token", versions, []);
}

/**
 * The same of the clients of JWTs, and whether none of the JWTs is revoked.
 * @throws DatabaseUnavailable
 */
export function confirmClients(versions: RowVersions[], jtis: string[]): Promise<Confirmed> {
  return confirm("client", versions, [`{${jtis.join(",")}}`]);
}

async function confirm(
  kind: keyof typeof statements,
  versions: RowVersions[],
  further: string[],
): Promise<Confirmed> {
  const rows = inOrder(versions.map(({ credential }) => credential));
  const tenants = inOrder(versions.map(({ tenant }) => tenant));
  const asked = [placesOf(rows), placesOf(tenants), ...further];
  const [[answer]] = (await askVerifier(statements[kind], asked)) as [[string]];
  const end = answer.indexOf(PART);
  if (end < 0) return { server: answer, areCurrent: false };
  const middle = readMarks(answer, end, rows);
  return {
    server: answer.slice(0, end),
    areCurrent: middle > 0 && readMarks(answer, middle, tenants) === answer.length,
  };
}

/** As the database scans, each once. */
function inOrder(versions: RowVersion[]): RowVersion[] {
  versions.sort((a, b) => a.order - b.order);
  let last: RowVersion | undefined;
  return versions.filter((version) => {
    const isOther = version.order !== last?.order || version.mark !== last.mark;
    last = version;
    return isOther;
  });
}

/** Places as the text of an array. */
function placesOf(versions: RowVersion[]): string {
  let places = "";
  for (const { place } of versions) places += places === "" ? place : `,${place}`;
  return `{${places}}`;
}

/**
 * Reads a part of an answer: the marks of these versions, one by one.
 * @param start of its separator
 * @returns where it ends; -1 where the answer holds anything else
 */
function readMarks(answer: string, start: number, versions: RowVersion[]): number {
  if (answer[start] !== PART) return -1;
  let at = start;
  for (const { mark } of versions) {
    // Commas stand between marks: only the first follows the separator itself.
    if (at > start && answer[at] !== ",") return -1;
    if (!answer.startsWith(mark, at + 1)) return -1;
    at += 1 + mark.length;
  }
  return at;
}
