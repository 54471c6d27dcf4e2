import { z } from "zod";
import { uuid } from "@/lib/ids";
import { label, line } from "@/lib/text";

/** An e-mail address as an account's name: lower case. */
export const emailSchema = line(254)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.email("Must be an e-mail address."));

export const staffRoleSchema = z.enum(["support", "operator"]);
export const memberRoleSchema = z.enum(["admin", "viewer"]);

/** A person as the product speaks of them. */
export const userSchema = z.object({
  id: uuid,
  email: z.string(),
  name: z.string(),
  staffRole: staffRoleSchema.nullable(),
  disabledAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type User = z.infer<typeof userSchema>;

export const createUserSchema = z
  .strictObject({
    email: emailSchema,
    name: label.optional(),
    tenantId: uuid.optional(),
    role: memberRoleSchema.optional(),
    staffRole: staffRoleSchema.optional(),
  })
  .refine(
    (input) => (input.staffRole ? !input.tenantId && !input.role : input.tenantId && input.role),
    {
      message:
        "Give either a Tenant and a role (admin, viewer), or a staff role (support, operator).",
    },
  );
export type CreateUserInput = z.infer<typeof createUserSchema>;

/** Somebody on the staff, as the operator sees them. */
export type StaffMember = User & { totp: boolean; lastSeenAt: string | null };

export const createStaffSchema = z.strictObject({
  email: emailSchema,
  name: label,
  staffRole: staffRoleSchema,
});
export type CreateStaffInput = z.infer<typeof createStaffSchema>;

/**
 * A link for a new password just made: mailed, or to be passed on and shown once. Neither means that
 * the mail server didn't take it.
 */
export type IssuedReset = {
  email: string;
  expiresAt: string;
  mailed: boolean;
  link: string | null;
};

export const switchUserSchema = z.strictObject({ disabled: z.boolean() });
