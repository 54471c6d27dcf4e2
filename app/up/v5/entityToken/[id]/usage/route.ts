import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readQuery } from "@/lib/http/json";
import { idFromPath } from "@/lib/ids";
import { getToken } from "@/lib/tokens/get";
import { getCredentialUsage } from "@/lib/usage/credential";
import { entityTokenUsageQuery, toEntityTokenUsage } from "@/lib/usage/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("tokens:read", async (principal, call, { id }) => {
    const { tenantId } = principal;
    const query = readQuery(call, entityTokenUsageQuery);
    const token = await getToken(principal, { tenantId, tokenId: idFromPath(id, "token") });
    const usage = await getCredentialUsage(principal, {
      ...query,
      tenantId,
      credentialId: token.id,
    });
    return json(toEntityTokenUsage(usage));
  }),
});
