import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readJson, readQuery } from "@/lib/http/json";
import { idempotencyKeyOf } from "@/lib/idempotency/key";
import { issueToken } from "@/lib/tokens/issue";
import { listTokens } from "@/lib/tokens/list";
import { createEntityTokenBody, listEntityTokensQuery, toEntityToken } from "@/lib/tokens/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: asSystem("tokens:read", async (principal, call) => {
    const filter = readQuery(call, listEntityTokensQuery);
    const tokens = await listTokens(principal, { ...filter, tenantId: principal.tenantId });
    return json(tokens.map(toEntityToken));
  }),
  POST: asSystem("tokens:manage", async (principal, call) => {
    const { Name, Active, Scopes } = await readJson(call, createEntityTokenBody);
    const input = {
      tenantId: principal.tenantId,
      name: Name,
      active: Active,
      scopes: Scopes,
      idempotencyKey: idempotencyKeyOf(call),
    };
    return json(toEntityToken(await issueToken(principal, input)));
  }),
});
