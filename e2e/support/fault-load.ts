import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "@playwright/test";
import { type Answer, apiOf } from "./call";
import { query } from "./database";
import { basic } from "./oauth";
import type { TestServer } from "./server";

/** What is called, and which answers besides 503 are right. */
type Kind = "verify" | "refuse" | "issue" | "list" | "jwt";
const right: Record<Kind, number> = { verify: 200, refuse: 401, issue: 200, list: 200, jwt: 200 };
const kinds = Object.keys(right) as Kind[];

/** Settings under which a test may issue as many tokens as it likes. */
export const UNLIMITED = {
  BROKER_TOKENS_PER_TENANT: "1000000",
  BROKER_TOKENS_ISSUED_PER_MINUTE: "0",
};

/** Somebody with a token that is good, one that was revoked, and a client. */
export type Credentials = {
  entityId: string;
  token: string;
  revoked: string;
  client: { id: string; secret: string };
};

/** Makes a Tenant of the load's own. */
export async function makeCredentials(server: TestServer): Promise<Credentials> {
  const args = ["--name", "Faults", "--email", "it@tenant.example"];
  const { EntityId, DefaultToken } = await server.broker("tenants", "create", ...args);
  const token = DefaultToken.JWT as string;
  const api = apiOf(server.url);
  const other = await api("POST", "/up/v5/entityToken", { token, json: { Name: "Revoked" } });
  await api("DELETE", `/up/v5/entityToken/${other.body.Id}`, { token });
  const { body } = await api("POST", "/up/v5/entityClient", { token, json: { Name: "Client" } });
  const client = { id: body.ClientId, secret: body.ClientSecret };
  return { entityId: EntityId, token, revoked: other.body.JWT, client };
}

/**
 * Calls a server all the time, in every way that a System does, while a test hurts it. Remembers
 * what was acknowledged and what was answered wrongly: anything but the right answer or 503 with
 * `Retry-After` and without a secret.
 */
export class FaultLoad {
  readonly acknowledged = new Set<string>();
  readonly wrong: string[] = [];
  requests = 0;
  unavailable = 0;
  slowestUnavailableMs = 0;
  longestRecoveryMs = 0;
  faults = 0;
  readonly #base: () => string;
  readonly #credentials: Credentials;
  readonly #mayBreak: boolean;
  #running = true;
  #loops: Promise<unknown>;

  /**
   * @param base where to call; asked anew for each call
   * @param options.mayBreak whether a connection may end without an answer: the app itself is hurt
   */
  constructor(
    base: () => string,
    credentials: Credentials,
    options: { callers?: number; mayBreak?: boolean } = {},
  ) {
    const { callers = 2, mayBreak = false } = options;
    this.#base = base;
    this.#credentials = credentials;
    this.#mayBreak = mayBreak;
    const each = kinds.flatMap((kind) => Array.from({ length: callers }, () => kind));
    this.#loops = Promise.all(each.map((kind) => this.#repeat(kind)));
  }

  /** Makes one call of a kind, and minds what comes of it. */
  async call(kind: Kind): Promise<Answer | undefined> {
    const started = performance.now();
    this.requests++;
    const answer = await Promise.race([this.#send(kind), noAnswer()]).catch((error: Error) => {
      if (!this.#mayBreak) this.wrong.push(`${kind}: ${error.message} ${error.cause ?? ""}`);
      return undefined;
    });
    if (answer) this.#judge(kind, answer, performance.now() - started);
    return answer;
  }

  /** Waits until each kind of call is answered rightly, and notes how long that took. */
  async recovered(): Promise<void> {
    const started = performance.now();
    this.faults++;
    for (const kind of kinds) {
      // Functional, not a measurement: it says that no restart was needed.
      await expect
        .poll(async () => (await this.call(kind))?.status, {
          message: `${kind}, after fault ${this.faults}`,
          timeout: 60_000,
          intervals: [50],
        })
        .toBe(right[kind]);
    }
    this.longestRecoveryMs = Math.max(this.longestRecoveryMs, performance.now() - started);
  }

  /** Ends the load once each call under way has ended. */
  async stop(): Promise<void> {
    this.#running = false;
    await this.#loops;
  }

  /**
   * Expects that nothing was answered wrongly, nothing acknowledged is lost, and tokens and their
   * audit events are one to one. Prints the figures.
   */
  async expectNothingLost(database: string, what: string): Promise<void> {
    const { tokens, events } = await query(database, async (sql) => ({
      tokens: await sql<{ id: string }[]>`select id from tokens`,
      events: await sql<{ id: string }[]>`
        select coalesce(after->'successor'->>'id', target_id) as id from audit_events
        where action in ('token.issued', 'token.replaced')`,
    }));
    const stored = new Set(tokens.map(({ id }) => id));
    const lost = [...this.acknowledged].filter((id) => !stored.has(id));
    console.log(
      `${what}: ${this.faults} faults, ${this.requests} requests, ${this.unavailable} answered 503` +
        ` (slowest ${seconds(this.slowestUnavailableMs)} s), ${this.acknowledged.size} tokens` +
        ` acknowledged, ${lost.length} lost, ${this.wrong.length} wrong answers,` +
        ` longest recovery ${seconds(this.longestRecoveryMs)} s`,
    );
    expect([...new Set(this.wrong)]).toEqual([]);
    expect(lost).toEqual([]);
    expect(events.map(({ id }) => id).sort()).toEqual([...stored].sort());
  }

  async #repeat(kind: Kind): Promise<void> {
    let refusals = 0;
    while (this.#running) {
      const answer = await this.call(kind);
      refusals = !answer || answer.status === 503 ? refusals + 1 : 0;
      // As callers do: on a starved machine those who don't give way keep each other too late.
      await sleep(refusals === 0 ? 10 : Math.min(25 * 2 ** refusals, 1_000));
    }
  }

  #send(kind: Kind): Promise<Answer> {
    const api = apiOf(this.#base());
    const { token, revoked, client } = this.#credentials;
    if (kind === "verify") return api("GET", "/up/v5/verify", { token });
    if (kind === "refuse") return api("GET", "/up/v5/verify", { token: revoked });
    if (kind === "list") return api("GET", "/up/v5/entityToken?limit=3", { token });
    if (kind === "issue") {
      return api("POST", "/up/v5/entityToken", { token, json: { Name: "System" } });
    }
    return api("POST", "/oauth2/token", {
      body: "grant_type=client_credentials",
      headers: {
        Authorization: basic(client.id, client.secret),
        "Content-Type": "application/x-www-form-urlencoded",
      },
    });
  }

  #judge(kind: Kind, answer: Answer, ms: number): void {
    const { status, headers, text, body } = answer;
    if (status === 503) {
      this.unavailable++;
      this.slowestUnavailableMs = Math.max(this.slowestUnavailableMs, ms);
      if (!(Number(headers.get("retry-after")) > 0)) this.wrong.push(`${kind}: no Retry-After`);
      if (/sbat_|eyJ/.test(text)) this.wrong.push(`${kind}: 503 with a secret`);
      return;
    }
    if (status !== right[kind]) this.wrong.push(`${kind}: ${status} ${text}`);
    else if (kind === "issue") this.acknowledged.add(body.Id);
  }
}

/** A caller's patience, after which nothing is an answer any more. */
const noAnswer = () =>
  sleep(10_000, undefined, { ref: false }).then(() => {
    throw new Error("no answer within 10 s");
  });

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
