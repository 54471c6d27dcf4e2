"use client";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/lib/browser/format";
import { switchTenant } from "@/lib/browser/operator";
import type { TenantVolume } from "@/lib/browser/support";
import { useTenantChange } from "./use-tenant-change";

/** Reactivates a suspended Tenant. */
export default function ActivateDialog({
  tenant,
  onClose,
}: {
  tenant: TenantVolume;
  onClose: () => void;
}) {
  const activate = useTenantChange(
    () => switchTenant(tenant.id, { active: true }),
    "Tenant reactivated",
    onClose,
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !activate.isPending && onClose()}
      title="Reactivate Tenant"
      description={
        <>
          The credentials of{" "}
          <LabelText wrap className="font-medium text-ink">
            {tenant.name}
          </LabelText>{" "}
          that were good before are good again at once.
        </>
      }
      action="Reactivate Tenant"
      danger={false}
      pending={activate.isPending}
      error={activate.error && failureText(activate.error)}
      onConfirm={activate.mutate}
    >
      <Notice
        title={
          <>
            Suspended since <Time at={tenant.statusChangedAt} as="full" />
          </>
        }
      >
        {tenant.statusReason ? `“${visibleText(tenant.statusReason)}”` : "No reason was given."}
      </Notice>
    </ConfirmDialog>
  );
}
