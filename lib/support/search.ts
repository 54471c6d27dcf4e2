import { decodeJwt } from "jose";
import { onPlatform, type Transaction } from "@/db/client";
import { listRefusals } from "@/db/queries/refusals";
import {
  findClientsFor,
  findEventsOfRequest,
  findTenantsFor,
  findTokensFor,
} from "@/db/queries/support";
import { demand } from "@/lib/authorize";
import { pastedText } from "@/lib/credentials/pasted";
import { hashSecret, isWellFormed } from "@/lib/credentials/secret-format";
import { uuid } from "@/lib/ids";
import type { Principal } from "@/lib/principal";
import type { SupportSearchResult } from "@/lib/support/schema";
import { mergeCounts } from "@/lib/usage/merge";
import type { Refusal } from "@/lib/usage/schema";

const most = 20;

/**
 * Finds what a text names: a Tenant (name, EntityId), a token (hint, id), a client (`client_id`),
 * calls and changes of a request id; or whose a whole token, secret or JWT is. Such a secret is
 * hashed in memory: it is neither stored nor logged, and is no part of the result.
 * @throws AppError `forbidden` for all but staff.
 */
export async function searchSupport(
  principal: Principal,
  input: { query: string },
): Promise<SupportSearchResult> {
  demand(principal, null, "tenants:read");
  await mergeCounts();
  return onPlatform((tx) => find(tx, pastedText(input.query)));
}

const nothing: SupportSearchResult = {
  understoodAs: "text",
  tenants: [],
  credentials: [],
  refusals: [],
  events: [],
};

async function find(tx: Transaction, text: string): Promise<SupportSearchResult> {
  if (/^sbat_[^…]{5,}$/.test(text) && !text.includes("...")) {
    if (!isWellFormed(text, "sbat_")) return { ...nothing, understoodAs: "broken-secret" };
    const credentials = await findTokensFor(tx, { tokenHash: hashSecret(text) }, 1);
    return withRefusals(tx, { ...nothing, understoodAs: "token", credentials });
  }
  if (/^sbcs_[^…]{5,}$/.test(text) && !text.includes("...")) {
    if (!isWellFormed(text, "sbcs_")) return { ...nothing, understoodAs: "broken-secret" };
    const credentials = await findClientsFor(tx, { secretHash: hashSecret(text) });
    return withRefusals(tx, { ...nothing, understoodAs: "secret", credentials });
  }
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) {
    const clientId = clientIdOf(text);
    const credentials = clientId ? await findClientsFor(tx, { clientId }) : [];
    return withRefusals(tx, { ...nothing, understoodAs: "jwt", credentials });
  }
  const hint = text.match(/^(?:sbat_)?(?:…|\.\.\.)?([0-9A-Za-z]{4})$/)?.[1];
  const id = uuid.safeParse(text).data;
  const credentials = [
    ...(hint ? await findTokensFor(tx, { hint: `sbat_…${hint}` }, most) : []),
    ...(id ? await findTokensFor(tx, { id }, 1) : []),
    ...(id ? await findClientsFor(tx, { id }) : []),
    ...(await findClientsFor(tx, { clientId: text })),
  ];
  const requestId = text.slice(0, 128);
  return {
    understoodAs: id ? "id" : hint && credentials.length > 0 ? "hint" : "text",
    tenants: await findTenantsFor(tx, text.slice(0, 100), most),
    credentials,
    refusals: asRefusals(await listRefusals(tx, { tenantId: null, requestId, limit: most })),
    events: await findEventsOfRequest(tx, requestId, most),
  };
}

/** The refused calls of the one credential that was found. */
async function withRefusals(tx: Transaction, result: SupportSearchResult) {
  const [found] = result.credentials;
  if (!found) return result;
  const query = { tenantId: found.tenantId, credentialId: found.id, limit: most };
  return { ...result, refusals: asRefusals(await listRefusals(tx, query)) };
}

const asRefusals = (rows: unknown[]) => rows as Refusal[];

/** What a JWT says of its client. Not checked: it only names whom to look for. */
function clientIdOf(jwt: string): string | null {
  try {
    const { client_id } = decodeJwt(jwt);
    return typeof client_id === "string" ? client_id : null;
  } catch {
    return null;
  }
}
