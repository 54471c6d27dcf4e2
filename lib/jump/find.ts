import { onPlatform, type Transaction } from "@/db/client";
import { findTokensOfTenants } from "@/db/queries/jump";
import { listTenantsOfUser } from "@/db/queries/sessions";
import { type FoundCredential, findTenantsFor, findTokensFor } from "@/db/queries/support";
import { demand } from "@/lib/authorize";
import { pastedText } from "@/lib/credentials/pasted";
import { hashSecret, isWellFormed } from "@/lib/credentials/secret-format";
import { uuid } from "@/lib/ids";
import type { Destinations } from "@/lib/jump/schema";
import type { UserPrincipal } from "@/lib/principal";

const mostTokens = 8;
const mostTenants = 6;

/**
 * Where a text may lead a person: tokens (by label, hint, id or pasted whole) and Tenants (by name,
 * Domain or EntityId) that they may look at. Members: of all their Tenants. Staff: Tenants, and
 * tokens by hint, by id or whole; by label in the Tenant that they look at.
 */
export async function findDestinations(
  principal: UserPrincipal,
  input: { query: string; tenantId?: string },
): Promise<Destinations> {
  const text = pastedText(input.query);
  const nearest = input.tenantId;
  const tenantIds = tenantsInReach(principal, nearest);
  return onPlatform(async (tx) => {
    const found = text ? await findTokens(tx, principal, text, { tenantIds, nearest }) : [];
    const tokens = found.slice(0, mostTokens).map(({ id, name, hint, status, ...token }) => {
      const { tenantId, tenantName } = token;
      return { id, name, hint, status, tenantId, tenantName };
    });
    return { tokens, tenants: await findTenants(tx, principal, text) };
  });
}

/** The Tenants whose tokens are searched by label. */
function tenantsInReach(principal: UserPrincipal, tenantId: string | undefined): string[] {
  const own = principal.memberships.map((membership) => membership.tenantId);
  const reach = principal.staffRole && tenantId ? [...new Set([...own, tenantId])] : own;
  for (const id of reach) demand(principal, id, "tokens:read");
  return reach;
}

async function findTokens(
  tx: Transaction,
  principal: UserPrincipal,
  text: string,
  reach: { tenantIds: string[]; nearest?: string },
): Promise<FoundCredential[]> {
  if (/^sb(at|cs)_[0-9A-Za-z]{5,}$/.test(text)) {
    if (!isWellFormed(text, "sbat_")) return [];
    const tokenHash = hashSecret(text);
    if (principal.staffRole) return findTokensFor(tx, { tokenHash }, 1);
    return findTokensOfTenants(tx, { ...reach, search: "", tokenHash, limit: 1 });
  }
  const search = text.slice(0, 100);
  const near = await findTokensOfTenants(tx, { ...reach, search, limit: mostTokens });
  if (!principal.staffRole) return near;
  const hint = text.match(/^(?:sbat_)?(?:…|\.\.\.)?([0-9A-Za-z]{4})$/)?.[1];
  const id = uuid.safeParse(text).data;
  const far = [
    ...(hint ? await findTokensFor(tx, { hint: `sbat_…${hint}` }, mostTokens) : []),
    ...(id ? await findTokensFor(tx, { id }, 1) : []),
  ];
  return [...near, ...far.filter((token) => near.every((other) => other.id !== token.id))];
}

async function findTenants(tx: Transaction, principal: UserPrincipal, text: string) {
  if (principal.staffRole) {
    return text ? findTenantsFor(tx, text.slice(0, 100), mostTenants) : [];
  }
  const wanted = text.toLowerCase();
  const own = await listTenantsOfUser(tx, principal.userId);
  return own
    .map(({ tenantId, name, status, domain }) => ({ id: tenantId, name, status, domain }))
    .filter(({ id, name, domain }) =>
      [id, name.toLowerCase(), domain?.toLowerCase() ?? ""].some((part) => part.includes(wanted)),
    )
    .slice(0, mostTenants);
}
