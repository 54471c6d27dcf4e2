import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { replaceToken } from "@/lib/tokens/replace";
import { replaceTokenSchema } from "@/lib/tokens/schema";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    POST: asMember("tokens:manage", async (principal, call, ids) => {
      const input = await readJson(call, replaceTokenSchema);
      return json(await replaceToken(principal, { ...input, ...ids }));
    }),
  },
  portalError,
);
