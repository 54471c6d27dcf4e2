import { closeDatabase } from "@/db/client";
import { issueAccessToken } from "@/lib/oauth/access-token";
import type { SystemPrincipal } from "@/lib/principal";

/** `mint.ts COUNT CLIENT_ID TENANT_ID`: so many JWTs of a client with `broker`, a line each. */
const [count, publicId, tenantId] = process.argv.slice(2);
const client = { publicId, tenantId } as SystemPrincipal;

const lines: string[] = [];
while (lines.length < Number(count)) {
  const { token } = await issueAccessToken(client, ["broker"], 3_600);
  lines.push(token);
}
await new Promise((resolve) => process.stdout.write(`${lines.join("\n")}\n`, resolve));
await closeDatabase();
