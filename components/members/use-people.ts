"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureText } from "@/components/tokens/failure";
import { toast } from "@/components/ui/toast";
import {
  changeRole,
  type MemberRole,
  peopleQuery,
  withdrawInvitation,
} from "@/lib/browser/members";

/** Asks anew who belongs to the Tenant, and for what else shows it. */
export function useRefreshPeople(tenantId: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["tenants", tenantId] });
}

/** Changes a role; the list shows it once the server said so. */
export function useChangeRole(tenantId: string) {
  const refresh = useRefreshPeople(tenantId);
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: MemberRole }) =>
      changeRole(tenantId, userId, role),
    onSuccess: () => toast.success("Role changed"),
    onError: (error) =>
      toast.error("The role was not changed", { description: failureText(error) }),
    onSettled: refresh,
  });
}

/** Withdraws an invitation. */
export function useWithdraw(tenantId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (invitationId: string) => withdrawInvitation(tenantId, invitationId),
    onSuccess: () => toast.success("Invitation withdrawn", { description: "Its link is void." }),
    onError: (error) =>
      toast.error("The invitation was not withdrawn", { description: failureText(error) }),
    onSettled: () => client.invalidateQueries(peopleQuery(tenantId)),
  });
}
