import { randomBytes, randomUUID } from "node:crypto";
import { decode } from "next-auth/jwt";
import { Secret, TOTP } from "otpauth";
import { deriveKey } from "@/lib/secret-key";
import { type Answer, type Api, apiOf } from "./call";
import { type PostForm, postOf, privateKeyOf } from "./oauth";
import type { Issued } from "./secret-search";
import type { TestServer } from "./server";
import { type SignedIn, signInTo, trySignIn } from "./signed-in";

/** Everything that a server ever shows once, in the order in which it was made. */
export class EverySecret {
  readonly issued: Issued[] = [];
  readonly #server: TestServer;
  readonly #api: Api;
  readonly #post: PostForm;
  /** The links that were mailed so far, newest last. */
  readonly #mailed: () => string[];

  constructor(server: TestServer, mailed: () => string[]) {
    this.#server = server;
    this.#api = apiOf(server.url);
    this.#post = postOf(this.#api);
    this.#mailed = mailed;
  }

  /** Notes a secret and gives it back. */
  note(what: string, value: string): string {
    this.issued.push({ what, value });
    return value;
  }

  /** A master's token, a Tenant, its tokens, each used and misused. @returns the default token */
  async tokens(webhookUrl: string): Promise<{ entityId: string; token: string }> {
    const scopes = "broker tokens:manage audit:read introspect tenants:manage";
    const args = ["--tenant", "master", "--name", "Master", "--scopes", scopes];
    const master = this.note("token", (await this.#server.broker("tokens", "issue", ...args)).JWT);
    const tenant = { Name: "Tenant", Email: "it@tenant.example" };
    const { body } = await this.#ok("POST", "/up/v5/entity", { token: master, json: tenant });
    const token = this.note("default token", body.DefaultToken.JWT);
    const key = this.note("idempotency key", randomUUID());
    const repeatable = { token, json: { Name: "System" }, headers: { "Idempotency-Key": key } };
    const made = await this.#ok("POST", "/up/v5/entityToken", repeatable);
    await this.#ok("POST", "/up/v5/entityToken", repeatable);
    this.note("token", made.body.JWT);
    const replace = `/up/v5/entityToken/${made.body.Id}/replace`;
    const successor = await this.#ok("POST", replace, { token, json: { OverlapSeconds: 60 } });
    const secret = this.note("successor", successor.body.JWT);
    await this.#ok("GET", "/up/v5/verify", { token: `secret-token:${secret}` });
    await this.#misuse(secret);
    const json = { Url: webhookUrl };
    const webhook = await this.#ok("POST", "/up/v5/entityWebhook", { token: master, json });
    this.note("webhook secret", webhook.body.Secret);
    await this.#post("/oauth2/introspect", { token: secret }, { token: master });
    await this.#post("/oauth2/revoke", { token: secret }, { token });
    return { entityId: body.EntityId, token };
  }

  /** Where a caller puts its secret by mistake. */
  async #misuse(secret: string): Promise<void> {
    const wrong = `${secret.slice(0, -1)}-`;
    await this.#api("GET", `/up/v5/verify?access_token=${secret}`);
    await this.#api("GET", "/up/v5/verify", { token: wrong });
    await this.#api("GET", `/up/v5/entityToken/${secret}`, { token: secret });
    await this.#api("GET", `/up/v5/${secret}`, { token: secret });
    await this.#api("GET", `/t/${secret}`);
    await this.#api("POST", "/up/v5/entityToken", { token: secret, body: `{"${secret}":` });
    await this.#api("PUT", `/up/v5/entityToken/x?token=${secret}`, { token: secret, json: {} });
  }

  async clients({ token }: { token: string }): Promise<void> {
    const json = { Name: "Customer system" };
    const { body } = await this.#ok("POST", "/up/v5/entityClient", { token, json });
    this.note("client secret", body.ClientSecret);
    const path = `/up/v5/entityClient/${body.ClientId}/secrets`;
    const second = this.note(
      "second client secret",
      (await this.#ok("POST", path, { token })).body.ClientSecret,
    );
    const by = { ClientId: body.ClientId, ClientSecret: second };
    const grant = { grant_type: "client_credentials" };
    const jwts = [
      (await this.#post("/oauth2/token", grant, by)).body.access_token,
      (
        await this.#ok("POST", "/up/v5/oauth2/accessToken", {
          json: { ...by, GrantType: "ClientCredentials", ExpiresInSeconds: 600 },
        })
      ).body.access_token,
    ];
    for (const jwt of jwts) {
      // Its header is the same as that of everything that we sign.
      this.note("JWT", jwt.slice(jwt.indexOf(".") + 1));
      await this.#ok("GET", "/up/v5/oauth2/userInfo", { token: jwt });
      await this.#post("/oauth2/introspect", { token: jwt }, by);
    }
    await this.#api("GET", "/up/v5/verify", { token: `${jwts[0]}x` });
    await this.#post("/oauth2/token", { ...grant, client_secret: `${second}x` }, null);
    await this.#post("/oauth2/revoke", { token: jwts[0] }, by);
  }

  /** Passwords, sessions, a second step and invitations. */
  async people({ entityId }: { entityId: string }): Promise<SignedIn> {
    const admin = await this.#person("--tenant", entityId, "--role", "admin");
    const next = this.note("chosen password", newPassword());
    let session = await this.#signIn(admin);
    await this.#sent(session, "PUT", "/api/account/password", {
      current: admin.password,
      next,
    });
    session = await this.#secondStep({ email: admin.email, password: next }, session);
    const invitations = `/api/tenants/${entityId}/invitations`;
    const email = "by-mail@mail.example";
    const before = this.#mailed().length;
    const { body } = await this.#sent(session, "POST", invitations, { email, role: "viewer" });
    // Without a mail server the inviter gets the link.
    const secret = this.#link("invitation", body.link ?? this.#mailed()[before]);
    // One that the mail server refuses.
    const lost = { email: "lost@nowhere.example", role: "viewer" };
    await this.#sent(session, "POST", invitations, lost);
    await this.#sent(session, "POST", "/api/invitations/look-up", { secret });
    const password = this.note("password of who was invited", newPassword());
    const anyone = await trySignIn(this.#server.url, { email, password });
    await this.#sent(anyone.session, "POST", "/api/invitations/accept", {
      secret,
      name: "Guest",
      password,
    });
    return session;
  }

  async #secondStep(who: { email: string; password: string }, session: SignedIn) {
    const { password } = who;
    const { body } = await this.#sent(session, "POST", "/api/account/totp", { password });
    const base32 = this.note("TOTP seed", body.secret.replace(/ /g, ""));
    const seed = Secret.fromBase32(base32);
    this.issued.push({ what: "TOTP seed in bytes", value: Buffer.from(seed.bytes) });
    const code = new TOTP({ secret: seed }).generate();
    const confirmed = await this.#sent(session, "PUT", "/api/account/totp", { code });
    const [first] = this.#recoveryCodes(confirmed);
    const again = await this.#signIn({ ...who, code: first as string });
    const [, second] = confirmed.body.recoveryCodes;
    const renewed = await this.#sent(again, "POST", "/api/account/recovery-codes", {
      password,
      code: second,
    });
    this.#recoveryCodes(renewed);
    return again;
  }

  #recoveryCodes({ body }: Answer): string[] {
    for (const code of body.recoveryCodes) {
      this.note("recovery code", code);
      this.note("recovery code without dashes", code.replaceAll("-", ""));
    }
    return body.recoveryCodes;
  }

  /** Resets of a password, by link and by mail. */
  async resets(): Promise<void> {
    const operator = await this.#signIn(await this.#person("--staff", "operator"));
    const { id } = (await operator.call("GET", "/api/operator/staff")).body.find(
      ({ staffRole }: { staffRole: string }) => staffRole === "operator",
    );
    const mailed = this.#mailed().length;
    const made = await this.#sent(operator, "POST", `/api/operator/staff/${id}/password-reset`);
    const secret = this.#link("reset", made.body.link ?? this.#mailed()[mailed]);
    await this.#sent(operator, "POST", "/api/password-resets/look-up", { secret });
    const password = this.note("password after a reset", newPassword());
    await this.#sent(operator, "POST", "/api/password-resets/complete", { secret, password });

    const before = this.#mailed().length;
    await this.#sent(operator, "POST", "/api/password-resets", { email: "by-mail@mail.example" });
    for (let i = 0; i < 100 && this.#mailed().length === before; i++) await pause(100);
    this.#link("reset", this.#mailed()[before]);
  }

  async #person(...place: string[]): Promise<{ email: string; password: string }> {
    // Where the mail server takes mail: a reset goes by it.
    const email = `${randomBytes(4).toString("hex")}@mail.example`;
    const made = await this.#server.broker("users", "create", "--email", email, ...place);
    return { email, password: this.note("made password", made.Password) };
  }

  async #signIn(who: { email: string; password: string; code?: string }): Promise<SignedIn> {
    const wrong = this.note("mistyped password", newPassword());
    await trySignIn(this.#server.url, { ...who, password: wrong });
    const session = await signInTo(this.#server.url, who);
    const cookie = session.cookies.get("servicebroker.session") as string;
    this.note("session cookie", cookie);
    const secret = deriveKey("cookies", this.#server.env.BROKER_SECRET_KEY).toString("base64");
    this.note("session secret", (await decode({ token: cookie, secret }))?.sid as string);
    return session;
  }

  #link(what: string, url: string | null | undefined): string {
    return this.note(`secret of a link, ${what}`, new URL(url as string).hash.slice(1));
  }

  /** The private halves of all signing keys, after a rotation. */
  async keys(): Promise<void> {
    const keys = await this.#server.broker("keys", "rotate");
    for (const { Kid } of keys) {
      const { d } = (await privateKeyOf(this.#server, Kid)).export({ format: "jwk" });
      this.note("signing key", d as string);
      this.issued.push({ what: "signing key", value: Buffer.from(d as string, "base64url") });
    }
  }

  async #ok(...[method, path, sent]: Parameters<Api>): Promise<Answer> {
    return expectDone(`${method} ${path}`, await this.#api(method, path, sent));
  }

  async #sent(by: SignedIn, method: string, path: string, json: unknown = {}): Promise<Answer> {
    return expectDone(`${method} ${path}`, await by.call(method, path, { json }));
  }
}

function expectDone(what: string, answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${what} answered ${answer.status}: ${answer.text}`);
  return answer;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One that looks different when it is escaped or encoded. */
const newPassword = (): string => `"pä ss+&\\${randomBytes(9).toString("base64")}`;
