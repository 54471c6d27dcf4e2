import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { getTokenDetail } from "@/lib/tokens/detail";
import { updateTokenSchema } from "@/lib/tokens/schema";
import { updateToken } from "@/lib/tokens/update";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tokens:read", async (principal, _call, ids) => {
      return json(await getTokenDetail(principal, ids));
    }),
    PATCH: asMember("tokens:manage", async (principal, call, ids) => {
      const change = await readJson(call, updateTokenSchema);
      return json(await updateToken(principal, { ...change, ...ids }));
    }),
  },
  portalError,
);
