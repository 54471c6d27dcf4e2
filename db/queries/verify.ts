import { createBatcher } from "../batcher";
import { verifiersAtOnce } from "../client";
import { DatabaseUnavailable } from "../unavailable";
import { CredentialMemory, type Known } from "./credential-memory";
import { type Confirmed, confirmClients, confirmTokens, type RowVersions } from "./row-versions";
import { askRule, type CredentialKey, readWords, type VerifiedCredential } from "./rule";

type Found = VerifiedCredential | null;

/** A key, and what is known of its credential. */
type Wanted = { key: CredentialKey; id: string; known: Known | undefined };
/** One at its place in the batch, of which the versions of its rows are known. */
type Remembered = { at: number; jti: string; known: Known; versions: RowVersions };

/** Milliseconds after which an answer leaves no time for another query. */
const mostLate = 200;

function createVerifier() {
  const memory = new CredentialMemory();
  /** Whether the last answer took too long for another query: then the rule is asked at once. */
  let late = false;

  /**
   * Asks one of two questions of each credential: whether the rows that its answer followed from are
   * still current, where that is known, else the rule. Either is put after the call began.
   */
  async function verifyBatch(wanted: Wanted[]): Promise<Found[]> {
    const found: Found[] = new Array(wanted.length).fill(null);
    const tokens: Remembered[] = [];
    const clients: Remembered[] = [];
    const others: number[] = [];
    for (let at = 0; at < wanted.length; at++) {
      const { key, known } = wanted[at] as Wanted;
      const versions = !late && known?.age === memory.age ? known.versions : null;
      if (!known || !versions) others.push(at);
      else if ("tokenHash" in key) tokens.push({ at, jti: "", known, versions });
      else clients.push({ at, jti: key.jti, known, versions });
    }
    const work: Promise<void>[] = [];
    if (tokens.length > 0) {
      work.push(confirm(confirmTokens(tokens.map(versionsOf)), tokens, wanted, found));
    }
    if (clients.length > 0) {
      const jtis = clients.map(({ jti }) => jti);
      work.push(confirm(confirmClients(clients.map(versionsOf), jtis), clients, wanted, found));
    }
    if (others.length > 0) work.push(read(others, wanted, found));
    await Promise.all(work);
    return found;
  }

  /** Takes what is remembered if all of it is still true; else has it read again. */
  async function confirm(
    asking: Promise<Confirmed>,
    remembered: Remembered[],
    wanted: Wanted[],
    found: Found[],
  ): Promise<void> {
    const { age } = memory;
    const since = performance.now();
    const { server, areCurrent } = await asking;
    late = performance.now() - since > mostLate;
    if (memory.meet(server) && memory.age === age && areCurrent) {
      for (const { at, known } of remembered) found[at] = known.credential;
      return;
    }
    if (late) {
      throw new DatabaseUnavailable("The database answered late.", { outcomeUnknown: false });
    }
    const places = remembered.map(({ at }) => at);
    await read(places, wanted, found);
  }

  async function read(places: number[], wanted: Wanted[], found: Found[]): Promise<void> {
    const asked = places.map((at) => wanted[at] as Wanted);
    const { age } = memory;
    const since = performance.now();
    const { server, words } = await askRule(asked.map(({ key }) => key));
    late = performance.now() - since > mostLate;
    const keep = !memory.meet(server) || memory.age === age;
    for (const [i, { key, id, known }] of asked.entries()) {
      const said = words[i];
      if (said === undefined) continue;
      found[places[i] as number] =
        known?.words === said && known.age === memory.age
          ? known.credential
          : learn("tokenHash" in key ? "token" : "client", id, said, keep);
    }
  }

  function learn(
    kind: VerifiedCredential["kind"],
    id: string,
    said: string,
    keep: boolean,
  ): VerifiedCredential {
    // Of a copy: a part of the answer's text would keep all of it in memory.
    const words = Buffer.from(said).toString();
    const { credential, versions } = readWords(kind, words);
    // That one JWT is revoked says nothing of the others.
    if (keep && credential.outcome !== "jti-revoked") {
      memory.put(id, { words, credential, versions, age: memory.age });
    }
    return credential;
  }

  const look = createBatcher(verifyBatch, {
    inFlight: verifiersAtOnce(),
    enough: 12,
    slow: 5,
    batch: 128,
    queue: 4096,
    patience: 700,
  });

  return function verify<Used>(
    key: CredentialKey,
    source: string,
    use: (found: Found) => Used | Promise<Used>,
  ): Promise<Used> {
    const isToken = "tokenHash" in key;
    // What is said of a client holds for all of its JWTs but the revoked.
    const id = isToken ? key.tokenHash : key.clientId;
    const known = memory.get(id);
    // Whose a credential is never changes: good enough to take turns by, if not to decide by.
    const lane = known?.credential.tenant_id ?? source;
    // A known row is asked for once in a query, however many ask.
    const unsent = known ? null : isToken ? id : `${id} ${key.jti}`;
    return look(unsent, lane, { key, id, known }, use);
  };
}

const versionsOf = ({ versions }: Remembered) => versions;

const shared = globalThis as { [key: symbol]: ReturnType<typeof createVerifier> | undefined };
const verifierKey = Symbol.for("servicebroker.verifier");

/**
 * Looks one credential up, in a statement that starts after this call: nothing is cached.
 * `clientId` and `jti` must be plain `[0-9A-Za-z_-]`.
 * @param source whose turn it takes while we don't know the credential's Tenant: an address
 * @param use what to make of what is found: null for a credential that doesn't exist
 * @throws DatabaseUnavailable; Overloaded when too many wait.
 */
export function verifyCredential<Used>(
  key: CredentialKey,
  source: string,
  use: (found: Found) => Used | Promise<Used>,
): Promise<Used> {
  shared[verifierKey] ??= createVerifier();
  return shared[verifierKey](key, source, use);
}
