import { z } from "zod";

const flag = z.enum(["on", "off"]).transform((value) => value === "on");
const count = z.coerce.number().int().positive();

const schema = z.object({
  /** TCP port of portal and API. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Worker processes; one a core unless set. */
  WEB_CONCURRENCY: count.max(256).optional(),
  /** Seconds after SIGTERM for which calls are still taken, so that proxies can move over. */
  BROKER_STOP_GRACE_SECONDS: z.coerce.number().min(0).max(4).default(2),
  /** Address to bind; 127.0.0.1 with the embedded database, 0.0.0.0 otherwise. */
  HOST: z.string().min(1).optional(),
  /** `postgres://…`; absent means the embedded database. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The tables' owner, for migrations, where the application's own login may not own them. */
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /**
   * Synchronous standbys that verification reads from, by comma. The primary must wait for all of
   * them; changes are then committed with `synchronous_commit = remote_apply`.
   */
  DATABASE_REPLICA_URLS: z
    .string()
    .refine(
      (urls) => urls.split(",").every((url) => /^postgres(ql)?:\/\/[^\s]+$/.test(url)),
      "Must be postgres:// addresses, by comma.",
    )
    .optional(),
  /** `transaction` behind a transaction-mode pooler such as PgBouncer: no prepared statements. */
  DATABASE_POOLER: z.enum(["none", "transaction"]).default("none"),
  /** Connections of one process for everything but verification. */
  DATABASE_POOL_SIZE: count.max(100).default(8),
  /** Folder of the embedded database and of generated keys. */
  BROKER_DATA_DIR: z.string().min(1).default(".data"),
  /** Where people and Systems reach this: issuer of JWTs, links, the only accepted Origin. */
  BROKER_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  /** 32 or more random bytes, base64 or hex; guards signing keys, TOTP seeds and cookies. */
  BROKER_SECRET_KEY: z.string().optional(),
  /** File outside the database to which each revocation is appended, for `restore --revocations`. */
  BROKER_REVOCATION_JOURNAL: z.string().min(1).optional(),
  /** `off` leaves out the demo Tenant at the first start. */
  BROKER_DEMO: flag.default(true),
  /** Proxies whose `X-Forwarded-For` is believed: addresses and CIDR ranges, by comma. */
  BROKER_TRUSTED_PROXIES: z.string().default(""),
  /** Unknown or malformed credentials a minute from one address before 429; 0 is no limit. */
  BROKER_BAD_CREDENTIALS_PER_MINUTE: z.coerce.number().int().min(0).default(300),
  /** Live tokens (not revoked) that one Tenant may hold. */
  BROKER_TOKENS_PER_TENANT: count.default(1000),
  /** Tokens that one Tenant may be issued a minute before 429; 0 is no limit. */
  BROKER_TOKENS_ISSUED_PER_MINUTE: z.coerce.number().int().min(0).default(3000),
  /** `off` counts no use of credentials and keeps no refused calls. */
  BROKER_USAGE: flag.default(true),
  /** Days after which hours of use are rolled up to days. */
  BROKER_USAGE_HOURS_FOR_DAYS: count.max(3650).default(30),
  /** Days that use by day and sources are kept. */
  BROKER_USAGE_FOR_DAYS: count.max(36_500).default(730),
  /** Days that refused calls are kept one by one; the counts of them stay. */
  BROKER_REFUSALS_FOR_DAYS: count.max(3650).default(30),
  /** Seconds between signatures of audit chains that have grown. */
  BROKER_AUDIT_SIGN_EVERY: count.max(86_400).default(60),
  /** `on` lets webhooks go to private and loopback addresses and to plain http. */
  BROKER_WEBHOOKS_TO_PRIVATE: flag.default(false),
  /** 16 or more characters; opens `/metrics` to who shows it as bearer. Unset, there is none. */
  BROKER_METRICS_TOKEN: z.string().min(16).optional(),
  /** OAuth clients (not revoked) that one Tenant may hold. */
  BROKER_CLIENTS_PER_TENANT: count.max(1000).default(1000),
  /** `aud` of JWTs, and what they are checked against; the public URL unless told. */
  BROKER_AUDIENCE: z.string().min(1).max(500).optional(),
  /** Seconds that a JWT is good for where the caller doesn't say. */
  BROKER_JWT_SECONDS: z.coerce.number().int().min(60).max(86_400).default(3600),
  /** Seconds that a JWT may be good for at most. */
  BROKER_JWT_MAX_SECONDS: z.coerce.number().int().min(60).max(86_400).default(86_400),
  /** Days after which the next signing key takes over by itself. */
  BROKER_KEY_ROTATION_DAYS: count.max(3650).default(90),
  /** Seconds that others may cache the key set and metadata; a key is published longer before it signs. */
  BROKER_JWKS_MAX_AGE: z.coerce.number().int().min(10).max(86_400).default(300),
  /** Seconds between clean-ups of what has expired. */
  BROKER_HOUSEKEEPING_SECONDS: count.max(86_400).default(60),
  /** Mail server, `smtp://user:password@host:587` or `smtps://…`. Unset, links are shown instead. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Sender of mail: an address, or `Name <address>`. */
  BROKER_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, "Must be an e-mail address.")
    .optional(),
  /** OpenID Connect provider for single sign-on; with `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET`. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the provider signs ID tokens with; any other signature is refused. */
  OIDC_ID_TOKEN_ALG: z
    .enum([
      "RS256",
      "RS384",
      "RS512",
      "PS256",
      "PS384",
      "PS512",
      "ES256",
      "ES384",
      "ES512",
      "EdDSA",
    ])
    .default("RS256"),
  /** What the button says after "Continue with". */
  OIDC_NAME: z.string().min(1).max(40).default("single sign-on"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Settings = z.infer<typeof schema> & { publicUrl: string; audience: string };

/**
 * Reads the settings from an environment.
 * @throws Error naming each variable that is wrong, one a line.
 */
export function parseSettings(environment: NodeJS.ProcessEnv): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`These settings are wrong:\n  ${lines.join("\n  ")}`);
  }
  const { data } = parsed;
  const provider = [data.OIDC_ISSUER, data.OIDC_CLIENT_ID, data.OIDC_CLIENT_SECRET];
  if (provider.some(Boolean) && !provider.every(Boolean)) {
    throw new Error("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together.");
  }
  const publicUrl = data.BROKER_PUBLIC_URL ?? `http://localhost:${data.PORT}`;
  return { ...data, publicUrl, audience: data.BROKER_AUDIENCE ?? publicUrl };
}

let current: Settings | undefined;

/** The settings of this process, parsed at first use. */
export function settings(): Settings {
  current ??= parseSettings(process.env);
  return current;
}

/** Has the environment parsed anew, for a process that has changed it (tests do). */
export function forgetSettings(): void {
  current = undefined;
}
