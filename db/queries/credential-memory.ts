import { RecentMap } from "../recent-map";
import type { RowVersions } from "./row-versions";
import type { VerifiedCredential } from "./rule";

/**
 * What the database said last of a token or client. It decides nothing until a statement that
 * starts after a call has found the same row versions, or said the same words.
 */
export type Known = {
  words: string;
  credential: VerifiedCredential;
  versions: RowVersions | null;
  /** Of the memory, when this was put into it. */
  age: number;
};

/** Credentials at most. */
const most = 50_000;
/** Milliseconds: long before transaction ids come round again. */
const forgetAfter = 3_600_000;

export class CredentialMemory {
  /** Counts how often all was forgotten. */
  age = 0;
  readonly #known = new RecentMap<Known>(most);
  /** Of servers, when they started: a row version means something to the life of its server only. */
  readonly #servers = new Set<string>();

  constructor() {
    setInterval(() => this.#forget(), forgetAfter).unref();
  }

  get(id: string): Known | undefined {
    return this.#known.get(id);
  }

  put(id: string, known: Known): void {
    this.#known.set(id, known);
  }

  /**
   * Forgets everything when a server is new, or was started again.
   * @returns whether it was known
   */
  meet(server: string): boolean {
    if (this.#servers.has(server)) return true;
    this.#forget();
    this.#servers.add(server);
    return false;
  }

  #forget(): void {
    this.#known.clear();
    this.age++;
  }
}
