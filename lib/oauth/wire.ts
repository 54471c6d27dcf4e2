import { z } from "zod";

/** Body of `POST /up/v5/oauth2/accessToken` (contract §4). */
export const accessTokenBody = z
  .strictObject({
    ClientId: z.string(),
    ClientSecret: z.string(),
    GrantType: z.literal("ClientCredentials"),
    ExpiresInSeconds: z.int().min(60).max(86_400),
  })
  .meta({ id: "AccessTokenRequest" });

export const accessTokenSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal("bearer"),
    expires_in: z.int(),
  })
  .meta({ id: "AccessToken" });

export const userInfoSchema = z
  .object({
    sub: z.string(),
    sid: z.string().describe("The Tenant's public id."),
    email_verified: z.boolean(),
    preferred_username: z.string().describe("The ClientId."),
    username: z.string().describe("The client's name."),
  })
  .meta({ id: "UserInfo" });

/** Parameters of RFC 6749 section 4.4.2, with those of `client_secret_post`. */
export const tokenForm = z
  .object({
    grant_type: z.literal("client_credentials"),
    scope: z.string().optional().describe("By space; what the client has unless told."),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
  })
  .meta({ id: "TokenRequest" });

export const tokenResponseSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal("Bearer"),
    expires_in: z.int(),
    scope: z.string(),
  })
  .meta({ id: "TokenResponse" });

/** Parameters of RFC 7662 section 2.1 and RFC 7009 section 2.1. */
export const shownTokenForm = z
  .object({
    token: z.string(),
    token_type_hint: z.string().optional(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
  })
  .meta({ id: "ShownToken" });

export const introspectionSchema = z
  .object({
    active: z.boolean(),
    token_type: z.literal("Bearer").optional(),
    iss: z.string().optional(),
    aud: z.string().optional(),
    sub: z.string().optional(),
    client_id: z.string().optional(),
    username: z.string().optional(),
    scope: z.string().optional(),
    entity_id: z.string().optional(),
    auth_type: z.enum(["SystemAccessToken", "JWT"]).optional(),
    jti: z.string().optional(),
    iat: z.int().optional(),
    exp: z.int().optional().describe("Absent for a System Access Token, which never expires."),
  })
  .meta({ id: "Introspection" });

export const oauthErrorSchema = z
  .object({ error: z.string(), error_description: z.string().optional() })
  .meta({ id: "OAuthError" });
