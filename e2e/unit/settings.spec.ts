import { expect, test } from "@playwright/test";
import { parseSettings } from "@/lib/settings";

const parse = (environment: Record<string, string>) =>
  parseSettings(environment as unknown as NodeJS.ProcessEnv);

test.describe("settings", () => {
  test("have a default each: nothing need be set", () => {
    expect(parse({})).toMatchObject({
      PORT: 3000,
      BROKER_DATA_DIR: ".data",
      BROKER_DEMO: true,
      publicUrl: "http://localhost:3000",
    });
  });

  test("that are empty count as not set", () => {
    expect(parse({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 3000 });
  });

  test("that are wrong are all named at once", () => {
    const wrong = {
      PORT: "many",
      DATABASE_URL: "mysql://db/broker",
      BROKER_PUBLIC_URL: "broker.example.com",
      BROKER_DEMO: "maybe",
      LOG_LEVEL: "loud",
    };
    for (const name of Object.keys(wrong)) expect(() => parse(wrong)).toThrow(name);
  });

  test("drop the slash at the end of the public URL", () => {
    expect(parse({ BROKER_PUBLIC_URL: "https://a.example/" }).publicUrl).toBe("https://a.example");
  });

  for (const [name, ...values] of [
    ["PORT", "65536", "-1", "1.5"],
    ["WEB_CONCURRENCY", "0", "257"],
    ["BROKER_STOP_GRACE_SECONDS", "-1", "5"],
    ["DATABASE_URL", "mysql://db/broker", "db"],
    ["DATABASE_OWNER_URL", "http://db/broker"],
    ["DATABASE_REPLICA_URLS", "mysql://db/broker"],
    ["DATABASE_POOLER", "session"],
    ["DATABASE_POOL_SIZE", "0", "101"],
    ["BROKER_PUBLIC_URL", "ftp://broker.example", "broker.example"],
    ["BROKER_DEMO", "yes"],
    ["BROKER_BAD_CREDENTIALS_PER_MINUTE", "-1", "many"],
    ["BROKER_TOKENS_PER_TENANT", "0"],
    ["BROKER_TOKENS_ISSUED_PER_MINUTE", "-1"],
    ["BROKER_USAGE", "true"],
    ["BROKER_USAGE_HOURS_FOR_DAYS", "0"],
    ["BROKER_USAGE_FOR_DAYS", "0"],
    ["BROKER_REFUSALS_FOR_DAYS", "0"],
    ["BROKER_AUDIT_SIGN_EVERY", "0"],
    ["BROKER_WEBHOOKS_TO_PRIVATE", "1"],
    ["BROKER_METRICS_TOKEN", "short"],
    ["BROKER_CLIENTS_PER_TENANT", "1001"],
    ["BROKER_JWT_SECONDS", "59", "86401"],
    ["BROKER_JWT_MAX_SECONDS", "86401"],
    ["BROKER_KEY_ROTATION_DAYS", "0"],
    ["BROKER_JWKS_MAX_AGE", "9"],
    ["BROKER_HOUSEKEEPING_SECONDS", "0"],
    ["SMTP_URL", "http://mail.example"],
    ["BROKER_MAIL_FROM", "nobody", "a@b.example\r\nBcc: c@d.example"],
    ["OIDC_ISSUER", "file:///etc/passwd"],
    ["OIDC_CLIENT_SECRET", "alone"],
    ["OIDC_ID_TOKEN_ALG", "none", "HS256"],
    ["LOG_LEVEL", "loud"],
  ] as const) {
    for (const value of values) {
      test(`refuse ${name}=${JSON.stringify(value)} by name`, () => {
        expect(() => parse({ [name]: value })).toThrow(name);
      });
    }
  }
});
