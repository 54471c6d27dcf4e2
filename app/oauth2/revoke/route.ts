import { endpoint } from "@/lib/http/endpoint";
import { readForm } from "@/lib/http/form";
import { callerOf, tokenOf } from "@/lib/oauth/caller";
import { oauthError, oauthJson } from "@/lib/oauth/errors";
import { revokeBearer } from "@/lib/oauth/revoke";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: async (call) => {
      const form = await readForm(call);
      const caller = await callerOf(call, form, []);
      await revokeBearer(caller, { token: tokenOf(form) });
      return oauthJson({});
    },
  },
  oauthError,
);
