import * as jose from "jose";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { AuthorizationCode, ClientCredentials } from "simple-oauth2";
import { expect, partsOf, test } from "@/e2e/support/oauth";

const insecure = { [oauth.allowInsecureRequests]: true };

test.describe("openid-client", () => {
  for (const [method, authenticationOf] of [
    ["client_secret_basic", openid.ClientSecretBasic],
    ["client_secret_post", openid.ClientSecretPost],
  ] as const) {
    test(`discovers by RFC 8414, gets, introspects and revokes a JWT by ${method}`, async ({
      server,
      client,
    }) => {
      const config = await openid.discovery(
        new URL(server.url),
        client.ClientId,
        undefined,
        authenticationOf(client.ClientSecret),
        { algorithm: "oauth2", execute: [openid.allowInsecureRequests] },
      );
      const tokens = await openid.clientCredentialsGrant(config, { scope: "broker" });
      expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600, scope: "broker" });
      const { access_token } = tokens;
      const seen = await openid.tokenIntrospection(config, access_token);
      expect(seen).toMatchObject({ active: true, client_id: client.ClientId });
      await openid.tokenRevocation(config, access_token);
      expect(await openid.tokenIntrospection(config, access_token)).toEqual({ active: false });
    });
  }
});

test.describe("oauth4webapi", () => {
  test("discovers, gets JWTs both ways, and reads our errors", async ({ server, client }) => {
    const issuer = new URL(server.url);
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
    const as = await oauth.processDiscoveryResponse(issuer, discovered);
    const who: oauth.Client = { client_id: client.ClientId };
    for (const authentication of [
      oauth.ClientSecretBasic(client.ClientSecret),
      oauth.ClientSecretPost(client.ClientSecret),
    ]) {
      const response = await oauth.clientCredentialsGrantRequest(
        as,
        who,
        authentication,
        new URLSearchParams(),
        insecure,
      );
      const tokens = await oauth.processClientCredentialsResponse(as, who, response);
      expect(tokens.access_token).toMatch(/^eyJ/);
    }
    const refused = await oauth.clientCredentialsGrantRequest(
      as,
      who,
      oauth.ClientSecretPost("wrong"),
      new URLSearchParams(),
      insecure,
    );
    await expect(oauth.processClientCredentialsResponse(as, who, refused)).rejects.toMatchObject({
      name: "WWWAuthenticateChallengeError",
      status: 401,
    });
    const wide = await oauth.clientCredentialsGrantRequest(
      as,
      who,
      oauth.ClientSecretBasic(client.ClientSecret),
      new URLSearchParams({ scope: "everything" }),
      insecure,
    );
    await expect(oauth.processClientCredentialsResponse(as, who, wide)).rejects.toMatchObject({
      error: "invalid_scope",
      status: 400,
    });
  });

  test("validateJwtAccessToken accepts our JWT and rejects a tampered one", async ({
    server,
    client,
    jwtOf,
  }) => {
    const issuer = new URL(server.url);
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
    const as = await oauth.processDiscoveryResponse(issuer, discovered);
    const validate = (jwt: string) => {
      const request = new Request("http://resource.example/orders", {
        headers: { Authorization: `Bearer ${jwt}` },
      });
      return oauth.validateJwtAccessToken(as, request, server.url, insecure);
    };
    const jwt = await jwtOf(client);
    expect(await validate(jwt)).toMatchObject({ sub: client.ClientId, entity_id: client.EntityId });
    const [header, payload, signature] = jwt.split(".") as [string, string, string];
    const claims = { ...partsOf(jwt).payload, scope: "broker tokens:manage" };
    const tampered = Buffer.from(JSON.stringify(claims)).toString("base64url");
    await expect(validate(`${header}.${tampered}.${signature}`)).rejects.toThrow();
    const flipped = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    await expect(validate(`${header}.${payload}.${flipped}`)).rejects.toThrow();
  });

  test("reads the metadata of the protected resource (RFC 9728)", async ({ server }) => {
    const resource = new URL(server.url);
    const response = await oauth.resourceDiscoveryRequest(resource, insecure);
    const metadata = await oauth.processResourceDiscoveryResponse(resource, response);
    expect(metadata).toMatchObject({
      authorization_servers: [server.url],
      bearer_methods_supported: ["header"],
    });
  });
});

test.describe("simple-oauth2", () => {
  for (const authorizationMethod of ["header", "body"] as const) {
    test(`gets a JWT with its credentials in the ${authorizationMethod}, and revokes it`, async ({
      api,
      server,
      client,
    }) => {
      const configuration = {
        client: { id: client.ClientId, secret: client.ClientSecret },
        auth: {
          tokenHost: server.url,
          tokenPath: "/oauth2/token",
          revokePath: "/oauth2/revoke",
        },
        options: { authorizationMethod },
      };
      const token = await new ClientCredentials(configuration).getToken({ scope: "broker" });
      const jwt = token.token.access_token as string;
      expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(200);
      // Its client credentials have no revoke(); its access tokens of the other grants do.
      await new AuthorizationCode(configuration).createToken(token.token).revoke("access_token");
      expect((await api("GET", "/up/v5/verify", { token: jwt })).status).toBe(401);
    });
  }
});

test.describe("jose", () => {
  test("jwtVerify with createRemoteJWKSet accepts our JWT for its audience alone", async ({
    server,
    client,
    jwtOf,
  }) => {
    const keys = jose.createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`));
    const jwt = await jwtOf(client);
    const expected = { issuer: server.url, audience: server.url, typ: "at+jwt" };
    const { payload } = await jose.jwtVerify(jwt, keys, expected);
    expect(payload.client_id).toBe(client.ClientId);
    await expect(
      jose.jwtVerify(jwt, keys, { ...expected, audience: "https://other.example" }),
    ).rejects.toMatchObject({ code: "ERR_JWT_CLAIM_VALIDATION_FAILED" });
  });
});

test.describe("public documents", () => {
  test("carry a cache lifetime shorter than the time for which a key is published before it signs", async ({
    api,
    server,
  }) => {
    for (const path of [
      "/.well-known/jwks.json",
      "/.well-known/oauth-authorization-server",
      "/.well-known/oauth-protected-resource",
    ]) {
      const { status, headers } = await api("GET", path);
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toBe("public, max-age=300");
    }
    const keys = await server.broker("keys", "list");
    const next = keys.find(({ State }: { State: string }) => State === "next");
    expect(Date.parse(next.SignsFrom) - Date.parse(next.CreatedAt)).toBeGreaterThan(300_000);
  });

  test("the key set holds public halves alone, one of which is next", async ({ api }) => {
    const { body } = await api("GET", "/.well-known/jwks.json");
    expect(body.keys.length).toBeGreaterThanOrEqual(2);
    for (const key of body.keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
      expect(key).toMatchObject({ kty: "EC", crv: "P-256", use: "sig", alg: "ES256" });
    }
  });
});
