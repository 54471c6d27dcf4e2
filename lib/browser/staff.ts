import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/browser/http";
import type { CreateStaffInput, IssuedReset, StaffMember, User } from "@/lib/users/schema";

export type { StaffMember };
export type StaffRole = NonNullable<StaffMember["staffRole"]>;

/** Everybody on the staff. */
export const staffQuery = () =>
  queryOptions({
    queryKey: ["staff"],
    queryFn: ({ signal }) => call<StaffMember[]>("GET", "/api/operator/staff", { signal }),
  });

export const createStaff = (input: CreateStaffInput) =>
  call<{ user: User; password: string }>("POST", "/api/operator/staff", { body: input });

export const switchStaff = (userId: string, disabled: boolean) =>
  call<User>("PATCH", `/api/operator/staff/${userId}`, { body: { disabled } });

export const issueReset = (userId: string) =>
  call<IssuedReset>("POST", `/api/operator/staff/${userId}/password-reset`);

export const resetTotp = (userId: string) =>
  call<unknown>("POST", `/api/operator/staff/${userId}/totp-reset`);

export const staffRoleMeaning: Record<StaffRole, string> = {
  support: "Sees every Tenant, changes nothing",
  operator: "Provisions, suspends and deletes Tenants, manages staff and signing keys",
};
export const staffRoleName: Record<StaffRole, string> = {
  support: "Support",
  operator: "Operator",
};
