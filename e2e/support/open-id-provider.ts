import { randomBytes } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";
import { startServer, type TestServer } from "./server";

/** What the provider says of an account of its own. */
export type ProviderAccount = { email?: string; email_verified?: boolean; name?: string };

/** A real OpenID Connect provider, and a server of ours that has it for single sign-on. */
export type SignOn = {
  server: TestServer;
  issuer: string;
  /** Its accounts by `sub`, which is what one types as login; any password will do. */
  accounts: Map<string, ProviderAccount>;
  /** What is asked of it when somebody is sent there, and what the test makes of that on the way. */
  asked: URLSearchParams[];
  tamper: {
    ask?: (query: URLSearchParams) => void;
    /** Given where it sends the browser back to, answers where it is to be sent instead. */
    answer?: (back: string) => string;
  };
  stop(): Promise<void>;
};

/**
 * @param options.alg what it signs ID tokens with
 * @param options.claimsInToken whether the ID token holds the e-mail; else its userinfo endpoint tells
 */
export async function startSignOn(
  options: { alg?: "RS256" | "ES256"; claimsInToken?: boolean; env?: Record<string, string> } = {},
): Promise<SignOn> {
  const { alg = "RS256", claimsInToken = false, env } = options;
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const http = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const client = { client_id: "broker", client_secret: randomBytes(24).toString("hex") };
  const server = await startServer({
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: client.client_id,
      OIDC_CLIENT_SECRET: client.client_secret,
      OIDC_NAME: "Example ID",
      ...env,
    },
  });
  const accounts: SignOn["accounts"] = new Map();
  const provider = new Provider(issuer, {
    clients: [
      {
        ...client,
        redirect_uris: [`${server.url}/api/auth/callback/oidc`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        id_token_signed_response_alg: alg,
      },
    ],
    jwks: { keys: [await privateJwk("RS256"), await privateJwk("ES256")] },
    cookies: { keys: [randomBytes(24).toString("hex")] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: !claimsInToken,
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...accounts.get(sub) }),
    }),
  });
  const asked: URLSearchParams[] = [];
  const tamper: SignOn["tamper"] = {};
  const answer = provider.callback();
  listener = (request, response) => {
    const url = new URL(request.url as string, issuer);
    if (url.pathname === "/auth") {
      asked.push(new URLSearchParams(url.searchParams));
      tamper.ask?.(url.searchParams);
      request.url = url.pathname + url.search;
    }
    const set = response.setHeader.bind(response);
    response.setHeader = (name, value) => {
      const back = name.toLowerCase() === "location" && String(value).startsWith(server.url);
      return set(name, back ? (tamper.answer?.(String(value)) ?? value) : value);
    };
    answer(request, response);
  };
  const stop = async () => {
    await server.stop();
    http.closeAllConnections();
    await new Promise<void>((resolve) => http.close(() => resolve()));
  };
  return { server, issuer, accounts, asked, tamper, stop };
}

async function privateJwk(alg: "RS256" | "ES256") {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: "sig", kid: alg };
}

/** Goes through the provider as a person does: its button, its form, its question. */
export async function signOnAs(page: Page, login: string): Promise<void> {
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}
