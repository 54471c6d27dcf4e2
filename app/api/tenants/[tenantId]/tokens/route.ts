import { endpoint } from "@/lib/http/endpoint";
import { portalError } from "@/lib/http/errors";
import { json, readJson, readQuery } from "@/lib/http/json";
import { asMember } from "@/lib/sessions/as-user";
import { issueToken } from "@/lib/tokens/issue";
import { pageTokens } from "@/lib/tokens/page";
import { issueTokenSchema, tokenViewSchema } from "@/lib/tokens/schema";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  {
    GET: asMember("tokens:read", async (principal, call, ids) => {
      const view = readQuery(call, tokenViewSchema);
      return json(await pageTokens(principal, { ...view, tenantId: ids.tenantId }));
    }),
    POST: asMember("tokens:manage", async (principal, call, ids) => {
      const input = await readJson(call, issueTokenSchema);
      return json(await issueToken(principal, { ...input, tenantId: ids.tenantId }));
    }),
  },
  portalError,
);
