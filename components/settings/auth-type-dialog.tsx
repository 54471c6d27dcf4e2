"use client";
import { type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import {
  type AuthType,
  type AuthTypeImpact,
  authTypeMeaning,
  type Tenant,
  tenantQuery,
  updateTenant,
} from "@/lib/browser/settings";
import { ImpactNotice, refusedKinds } from "./impact-notice";

/** Asks before AuthType changes; what shuts credentials out wants the Tenant's name typed. */
export function AuthTypeDialog({
  tenant,
  to,
  impact,
  onClose,
}: {
  tenant: Tenant;
  to: AuthType;
  impact: UseQueryResult<AuthTypeImpact>;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => updateTenant(tenant.id, { authType: to }),
    onSuccess: async (changed) => {
      client.setQueryData(tenantQuery(tenant.id).queryKey, changed);
      toast.success("AuthType changed");
      onClose();
      await client.invalidateQueries({ queryKey: ["tenants", tenant.id] });
    },
  });
  const shuts = refusedKinds(tenant.authType, to)[0];
  const breaks = shuts !== undefined && (impact.data?.[shuts].good ?? 1) > 0;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !change.isPending && onClose()}
      title="Change AuthType"
      description={
        <>
          From “{authTypeMeaning[tenant.authType].name}” to “{authTypeMeaning[to].name}”. It can be
          changed back.
        </>
      }
      typeToConfirm={breaks ? tenant.name : undefined}
      action="Change AuthType"
      danger={breaks}
      pending={change.isPending}
      error={change.error && failureText(change.error)}
      onConfirm={change.mutate}
    >
      <ImpactNotice from={tenant.authType} to={to} impact={impact} />
    </ConfirmDialog>
  );
}
