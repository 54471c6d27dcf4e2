import { z } from "zod";
import { listClients } from "@/lib/clients/list";
import type { Principal } from "@/lib/principal";
import { getTenant } from "@/lib/tenants/get";
import { authTypeSchema } from "@/lib/tenants/schema";
import { listTokens } from "@/lib/tokens/list";

export const setAuthTypeSchema = z.strictObject({ authType: authTypeSchema });

const credentialSchema = z.object({
  id: z.string(),
  name: z.string(),
  lastUsedAt: z.iso.datetime().nullable(),
});

/** A Tenant's AuthType, and the credentials that it lets in or that a change would stop. */
export const authTypeSettingSchema = z.object({
  authType: authTypeSchema,
  /** Active tokens: refused where the AuthType is `JWT`. */
  tokens: z.array(credentialSchema),
  /** Active clients: refused where it is `SystemAccessToken`. */
  clients: z.array(credentialSchema),
});
export type AuthTypeSetting = z.infer<typeof authTypeSettingSchema>;

/** Reads the setting with what depends on it. @throws AppError `not_found`, `forbidden`. */
export async function readAuthType(
  principal: Principal,
  input: { tenantId: string },
): Promise<AuthTypeSetting> {
  const { tenantId } = input;
  const [tenant, tokens, clients] = await Promise.all([
    getTenant(principal, { tenantId }),
    listTokens(principal, { tenantId, status: "Active" }),
    listClients(principal, { tenantId, status: "Active" }),
  ]);
  return {
    authType: tenant.authType,
    tokens: tokens.map(({ id, name, lastUsedAt }) => ({ id, name, lastUsedAt })),
    clients: clients.map(({ clientId, name, lastUsedAt }) => ({ id: clientId, name, lastUsedAt })),
  };
}
