"use client";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { deleteTenant } from "@/lib/browser/operator";
import type { TenantVolume } from "@/lib/browser/support";
import { useTenantChange } from "./use-tenant-change";
import { WhatBreaks } from "./what-breaks";

/** Deletes a Tenant for good, once its name has been typed. */
export default function DeleteDialog({
  tenant,
  onClose,
}: {
  tenant: TenantVolume;
  onClose: () => void;
}) {
  const remove = useTenantChange(() => deleteTenant(tenant.id), "Tenant deleted", onClose);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !remove.isPending && onClose()}
      title="Delete Tenant"
      description={
        <>
          Every credential of{" "}
          <LabelText wrap className="font-medium text-ink">
            {tenant.name}
          </LabelText>{" "}
          is refused from the next call on, for good. Its usage and audit log stay.
        </>
      }
      typeToConfirm={tenant.name}
      noun="name"
      action="Delete Tenant"
      pending={remove.isPending}
      error={remove.error && failureText(remove.error)}
      onConfirm={remove.mutate}
    >
      <WhatBreaks tenant={tenant} />
      <p className="text-muted">Deleting can't be undone; suspending can.</p>
    </ConfirmDialog>
  );
}
