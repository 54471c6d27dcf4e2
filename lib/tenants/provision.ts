import { v7 as uuidv7 } from "uuid";
import { onPlatform, type Transaction } from "@/db/client";
import { insertTenant } from "@/db/queries/tenants";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { AppError } from "@/lib/errors";
import { once } from "@/lib/idempotency/once";
import type { Principal } from "@/lib/principal";
import { defaultTokenScopes } from "@/lib/scopes";
import type { ProvisionTenantInput, Tenant } from "@/lib/tenants/schema";
import { auditedTenant, generateSid, toTenant } from "@/lib/tenants/tenant";
import { createToken } from "@/lib/tokens/create";
import type { IssuedToken } from "@/lib/tokens/schema";
import { toToken } from "@/lib/tokens/token";

export type ProvisionedTenant = { tenant: Tenant; defaultToken: IssuedToken };

/**
 * Creates a Tenant and its default token in one transaction.
 * @throws AppError `insufficient_scope` or `forbidden`; `conflict` where the id is taken.
 */
export async function provisionTenant(
  principal: Principal,
  input: ProvisionTenantInput & { isMaster?: boolean; idempotencyKey?: string },
): Promise<ProvisionedTenant> {
  demand(principal, null, "tenants:manage");
  const { idempotencyKey, ...wanted } = input;
  // The key is kept with the caller's own Tenant: the new one isn't there yet.
  const [key, tenantId] =
    principal.kind === "system" ? [idempotencyKey, principal.tenantId] : [undefined, ""];
  const call = { key, tenantId, action: "tenant.provisioned", input: wanted };
  const provision = async (tx: Transaction): Promise<ProvisionedTenant> => {
    const { active = true, id = uuidv7(), ...details } = wanted;
    const tenant = await insertTenant(tx, {
      ...details,
      id,
      sid: generateSid(),
      status: active ? "active" : "suspended",
    });
    if (!tenant) throw new AppError("conflict", "A Tenant with this EntityId exists already.");
    await recordEvent(tx, principal, {
      tenantId: tenant.id,
      action: "tenant.provisioned",
      target: { type: "tenant", id: tenant.id, name: tenant.name },
      after: auditedTenant(tenant),
    });
    const scopes = defaultTokenScopes;
    const { row, secret } = await createToken(tx, { tenantId: id, name: "Default token", scopes });
    await recordEvent(tx, principal, {
      tenantId: tenant.id,
      action: "token.issued",
      target: { type: "token", id: row.id, name: row.name },
      after: { name: row.name, scopes: row.scopes, active: row.active, hint: row.hint },
    });
    return { tenant: toTenant(tenant), defaultToken: { ...toToken(row), secret } };
  };
  return onPlatform((tx) => once(tx, principal, call, () => provision(tx)));
}
