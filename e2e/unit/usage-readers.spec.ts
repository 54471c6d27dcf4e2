import { expect, test } from "@playwright/test";
import { v7 as uuidv7 } from "uuid";
import { writeUsage } from "@/db/queries/usage-flush";
import { createClient } from "@/lib/clients/create";
import { getClient } from "@/lib/clients/get";
import { listClients } from "@/lib/clients/list";
import { searchSupport } from "@/lib/support/search";
import { pageTenants } from "@/lib/support/tenants";
import { getTokenDetail } from "@/lib/tokens/detail";
import { getToken } from "@/lib/tokens/get";
import { listTokens } from "@/lib/tokens/list";
import { pageTokens } from "@/lib/tokens/page";
import { listAttention } from "@/lib/usage/attention";
import { getCredentialUsage } from "@/lib/usage/credential";
import { getCredentialPeriod } from "@/lib/usage/credential-period";
import { getRecentUse } from "@/lib/usage/recent";
import { getTenantUsage } from "@/lib/usage/tenant";
import { openDatabase, service } from "../support/in-process";

const database = openDatabase();

type Of = { tenantId: string; tokenId: string; clientId: string };
type Seen = { lastUsedAt: string | null } | undefined;
const used = (...found: Seen[]) => found.every((one) => one?.lastUsedAt);

/** Everything that shows counts or last uses: whether it shows that they are there. */
const readers: Record<string, (of: Of) => Promise<boolean>> = {
  "a token": async (of) => used(await getToken(service, of)),
  "a token's page": async (of) => used(await getTokenDetail(service, of)),
  tokens: async ({ tenantId }) => used(...(await listTokens(service, { tenantId }))),
  "a page of tokens": async ({ tenantId }) => {
    const view = { tenantId, sort: "used", direction: "desc" } as const;
    return used(...(await pageTokens(service, view)).tokens);
  },
  "a client": async (of) => used(await getClient(service, of)),
  clients: async ({ tenantId }) => used(...(await listClients(service, { tenantId }))),
  "a credential's calls": async ({ tenantId, tokenId: credentialId }) =>
    (await getCredentialUsage(service, { tenantId, credentialId })).buckets.length === 2,
  "its calls of a period": async ({ tenantId, tokenId: credentialId }) =>
    (await getCredentialPeriod(service, { tenantId, credentialId, period: "24h" })).accepted === 1,
  "its recent use": async ({ tenantId, tokenId: credentialId }) =>
    used(await getRecentUse(service, { tenantId, credentialId })),
  "a Tenant's calls": async ({ tenantId }) =>
    (await getTenantUsage(service, { tenantId, period: "24h" })).accepted === 2,
  "what needs attention": async ({ tenantId }) =>
    (await listAttention(service, { tenantId })).some(({ reason }) => reason === "knocking"),
  "support's search": async ({ tokenId }) =>
    used(...(await searchSupport(service, { query: tokenId })).credentials),
  "support's Tenants": async ({ tenantId }) => {
    const { tenants } = await pageTenants(service, { limit: 200 });
    return used(tenants.find(({ id }) => id === tenantId));
  },
};

for (const [what, read] of Object.entries(readers)) {
  test(`${what}: with what was counted a moment ago`, async () => {
    const { id: tenantId, tokenId } = await database.tenant();
    const { clientId } = await createClient(service, { tenantId, name: "Depot" });
    const [client] = await database.query(
      (sql) => sql`select id from clients where client_id = ${clientId}`,
    );
    const of = { tenantId, tokenId, clientId };
    expect(await read(of)).toBe(false);
    const source = { address: "192.0.2.1", userAgent: "", count: 1 };
    const call = (kind: "token" | "client", credentialId: string, outcomes: string[]) => ({
      ...{ kind, credentialId, tenantId, sources: [source] },
      counts: outcomes.map((outcome): [string, number] => [outcome, 1]),
    });
    await writeUsage({
      ...{ id: uuidv7(), ageMs: 0, overflow: [], refused: [] },
      uses: [
        call("token", tokenId, ["accepted", "revoked"]),
        call("client", client?.id, ["accepted"]),
      ],
    });
    expect(await read(of)).toBe(true);
  });
}
