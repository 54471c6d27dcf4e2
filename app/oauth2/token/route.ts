import { AppError } from "@/lib/errors";
import { endpoint } from "@/lib/http/endpoint";
import { readForm } from "@/lib/http/form";
import { clientOf } from "@/lib/oauth/caller";
import { grantClientCredentials } from "@/lib/oauth/client-credentials";
import { oauthError, oauthJson } from "@/lib/oauth/errors";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: async (call) => {
      const form = await readForm(call);
      const grant = form.get("grant_type");
      if (grant === undefined) {
        throw new AppError("invalid_request", "The parameter grant_type is missing.");
      }
      const client = await clientOf(call, form);
      if (grant !== "client_credentials") {
        throw new AppError("unsupported_grant_type", "Only client_credentials is supported.");
      }
      const issued = await grantClientCredentials(client, { scope: form.get("scope") });
      return oauthJson({
        access_token: issued.token,
        token_type: "Bearer",
        expires_in: issued.expiresIn,
        scope: issued.scope,
      });
    },
  },
  oauthError,
);
