import { authenticateClient } from "@/lib/clients/authenticate";
import { AppError, isAppError } from "@/lib/errors";
import { endpoint } from "@/lib/http/endpoint";
import { readJson } from "@/lib/http/json";
import { grantClientCredentials } from "@/lib/oauth/client-credentials";
import { oauthJson } from "@/lib/oauth/errors";
import { accessTokenBody } from "@/lib/oauth/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: async (call) => {
    const { ClientId, ClientSecret, ExpiresInSeconds } = await readJson(call, accessTokenBody);
    if (call.header("authorization") !== null) {
      throw new AppError("invalid_request", "Send ClientId and ClientSecret in the body alone.");
    }
    const origin = {
      requestId: call.requestId,
      address: call.address,
      userAgent: call.header("user-agent"),
    };
    const shown = { clientId: ClientId, clientSecret: ClientSecret };
    const client = await authenticateClient(shown, origin).catch((error: unknown) => {
      if (!isAppError(error) || error.code !== "invalid_client") throw error;
      throw new AppError("invalid_credentials", "ClientId and ClientSecret are not good.");
    });
    const issued = await grantClientCredentials(client, { seconds: ExpiresInSeconds });
    return oauthJson({
      access_token: issued.token,
      token_type: "bearer",
      expires_in: issued.expiresIn,
    });
  },
});
