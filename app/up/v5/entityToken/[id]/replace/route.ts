import { asSystem } from "@/lib/credentials/authenticate";
import { endpoint } from "@/lib/http/endpoint";
import { json, readJson } from "@/lib/http/json";
import { idempotencyKeyOf } from "@/lib/idempotency/key";
import { idFromPath } from "@/lib/ids";
import { replaceToken } from "@/lib/tokens/replace";
import { replaceEntityTokenBody, toEntityToken } from "@/lib/tokens/wire";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: asSystem("tokens:manage", async (principal, call, { id }) => {
    const tokenId = idFromPath(id, "token");
    const { OverlapSeconds, Name } = await readJson(call, replaceEntityTokenBody);
    const input = {
      tenantId: principal.tenantId,
      tokenId,
      overlapSeconds: OverlapSeconds,
      name: Name,
      idempotencyKey: idempotencyKeyOf(call),
    };
    return json(toEntityToken(await replaceToken(principal, input)));
  }),
});
