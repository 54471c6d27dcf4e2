import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { deriveKey, unseal } from "@/lib/secret-key";
import type { Answer, Api } from "./call";
import { query } from "./database";
import type { TestServer } from "./server";
import { test as base, type TestTenant } from "./test";

/** A client with its secret, as the API answered it. */
export type TestClient = {
  EntityId: string;
  ClientId: string;
  ClientSecret: string;
  ClientSecretId: string;
  Name: string;
  Scopes: string[];
};

/** Posts a form, with the client's credentials in a header of HTTP Basic if they are given. */
export type PostForm = (
  path: string,
  form: Record<string, string> | string,
  by?: Pick<TestClient, "ClientId" | "ClientSecret"> | { token: string } | null,
) => Promise<Answer>;

type Fixtures = {
  /** Creates a client of a Tenant by its default token. */
  createClient: (tenant: TestTenant, json?: Record<string, unknown>) => Promise<TestClient>;
  client: TestClient;
  post: PostForm;
  /** Gets a JWT from `/oauth2/token`. */
  jwtOf: (client: TestClient, scope?: string) => Promise<string>;
};

export const test = base.extend<Fixtures>({
  createClient: async ({ api }, use) => {
    await use(async (tenant, json = {}) => {
      const { status, body, text } = await api("POST", "/up/v5/entityClient", {
        token: tenant.token,
        json: { Name: "Customer system", ...json },
      });
      if (status !== 200) throw new Error(`POST /up/v5/entityClient answered ${status}: ${text}`);
      return body;
    });
  },

  client: async ({ tenant, createClient }, use) => {
    await use(await createClient(tenant));
  },

  post: async ({ api }, use) => {
    await use(postOf(api));
  },

  jwtOf: async ({ post }, use) => {
    await use(async (client, scope) => {
      const form = { grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) };
      const { status, body, text } = await post("/oauth2/token", form, client);
      if (status !== 200) throw new Error(`POST /oauth2/token answered ${status}: ${text}`);
      return body.access_token;
    });
  },
});

export const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

export function postOf(api: Api): PostForm {
  return (path, form, by = null) =>
    api("POST", path, {
      body: typeof form === "string" ? form : new URLSearchParams(form).toString(),
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        ...(by === null
          ? {}
          : {
              Authorization:
                "token" in by ? `Bearer ${by.token}` : basic(by.ClientId, by.ClientSecret),
            }),
      },
    });
}

/** The three parts of a JWT, the first two parsed. */
export function partsOf(jwt: string) {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const parse = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  return { header: parse(header), payload: parse(payload), signature };
}

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Signs what it is given, as ES256 has it: tests forge with the server's own key. */
export function signEs256(header: unknown, payload: unknown, key: KeyObject): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  const how = { key, dsaEncoding: "ieee-p1363" } as const;
  return `${signed}.${sign("sha256", Buffer.from(signed), how).toString("base64url")}`;
}

/** The private half of a server's signing key, opened under its secret key. */
export async function privateKeyOf(server: TestServer, kid: string): Promise<KeyObject> {
  const [row] = await query(
    server.databaseUrl,
    (sql) => sql`select private_ciphertext from signing_keys where kid = ${kid}`,
  );
  const sealed = row?.private_ciphertext as Buffer;
  const secret = deriveKey("signing-keys", server.env.BROKER_SECRET_KEY);
  return createPrivateKey(unseal(sealed, secret, `signing-key/${kid}`));
}

export { expect } from "@playwright/test";
