import { z } from "zod";
import type { ChainedEvent } from "@/lib/audit/chain";

const id = z.uuid();
const isUuid = (value: string) => id.safeParse(value).success;

/** What was taken away from whom, as the journal has it. `id` is the target's. */
export const revocationSchema = z
  .object({
    at: z.iso.datetime(),
    tenantId: id,
    action: z.enum([
      "tenant.suspended",
      "tenant.deleted",
      "tenant.updated",
      "token.deactivated",
      "token.replaced",
      "token.revoked",
      "client.deactivated",
      "client.revoked",
      "client.secret-retired",
      "jwt.revoked",
      "webhook.updated",
      "webhook.removed",
      "member.removed",
      "member.role-changed",
      "user.disabled",
      "user.password-changed",
      "user.password-reset",
      "user.totp-enabled",
      "user.recovery-codes-renewed",
    ]),
    id: z.string().min(1).max(200),
    /** The client's secret that was retired. */
    secretId: id.optional(),
    /** The Tenant's new AuthType. */
    authType: z.enum(["SystemAccessToken", "JWT", "Any"]).optional(),
    /** When the replaced token ends. */
    revokeAt: z.iso.datetime().optional(),
    /** Until when the JWT would have been good. */
    expiresAt: z.iso.datetime().optional(),
  })
  .refine((entry) => entry.action.startsWith("client.") || isUuid(entry.id), "Is no id.");
export type Revocation = z.infer<typeof revocationSchema>;

/**
 * What an event takes away, or null. What gives (back) is not journalled: a restore may leave out
 * what was given since, but must not bring back what was taken.
 */
export function revocationOf(event: ChainedEvent): Revocation | null {
  const { tenantId, action, target, occurredAt: at } = event;
  const before = event.before ?? {};
  const after = event.after ?? {};
  const newAuthType = action.startsWith("tenant.") && before.authType !== after.authType;
  if (action === "tenant.updated" && !newAuthType) return null;
  if (action === "webhook.updated" && after.active !== false) return null;
  if (action === "member.role-changed" && after.role !== "viewer") return null;
  const parsed = revocationSchema.safeParse({
    at,
    tenantId,
    action: action === "tenant.activated" && newAuthType ? "tenant.updated" : action,
    id: target.id,
    ...(newAuthType && action !== "tenant.deleted" ? { authType: after.authType } : {}),
    ...(action === "client.secret-retired" ? { secretId: before.secretId } : {}),
    ...(action === "token.replaced" ? { revokeAt: after.revokeAt } : {}),
    ...(action === "jwt.revoked" ? { expiresAt: after.expiresAt } : {}),
  });
  return parsed.success ? parsed.data : null;
}
