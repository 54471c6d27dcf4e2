import { v7 as uuidv7 } from "uuid";
import { onPlatform } from "@/db/client";
import { findMasterTenant, findTenant } from "@/db/queries/tenants";
import { insertUser, putMembership } from "@/db/queries/users";
import { recordEvent } from "@/lib/audit/record";
import { demand } from "@/lib/authorize";
import { AppError, notFound } from "@/lib/errors";
import type { Principal } from "@/lib/principal";
import { generatePassword, hashPassword } from "@/lib/users/password";
import type { CreateUserInput, User } from "@/lib/users/schema";
import { toUser } from "@/lib/users/user";

/**
 * Creates a person with a random password, as a Tenant's member or as staff.
 * @returns the user and the password, which is kept nowhere.
 * @throws AppError `conflict` where the e-mail is taken; `not_found` for the Tenant; `forbidden`.
 */
export async function createUser(
  principal: Principal,
  input: CreateUserInput,
): Promise<{ user: User; password: string }> {
  demand(principal, null, "staff:manage");
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  const user = await onPlatform(async (tx) => {
    const tenant = input.tenantId
      ? await findTenant(tx, input.tenantId)
      : await findMasterTenant(tx);
    if (!tenant || tenant.status === "deleted") throw notFound("Tenant");
    const row = await insertUser(tx, {
      id: uuidv7(),
      email: input.email,
      name: input.name ?? (input.email.split("@")[0] as string),
      passwordHash,
      staffRole: input.staffRole ?? null,
    });
    if (!row) throw new AppError("conflict", "A user with this e-mail exists already.");
    if (input.role) {
      await putMembership(tx, { tenantId: tenant.id, userId: row.id, role: input.role });
    }
    await recordEvent(tx, principal, {
      tenantId: tenant.id,
      action: "user.created",
      target: { type: "user", id: row.id, name: row.email },
      after: { name: row.name, role: input.role ?? null, staffRole: row.staffRole },
    });
    return row;
  });
  return { user: toUser(user), password };
}
