"use client";
import { useState } from "react";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { LabelText } from "@/components/ui/label-text";
import { switchTenant } from "@/lib/browser/operator";
import type { TenantVolume } from "@/lib/browser/support";
import { useTenantChange } from "./use-tenant-change";
import { WhatBreaks } from "./what-breaks";

/** Suspends a Tenant with a reason, once its name has been typed. */
export default function SuspendDialog({
  tenant,
  onClose,
}: {
  tenant: TenantVolume;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const given = reason.trim();
  const suspend = useTenantChange(
    () => switchTenant(tenant.id, { active: false, statusReason: given }),
    "Tenant suspended",
    onClose,
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !suspend.isPending && onClose()}
      title="Suspend Tenant"
      description={
        <>
          Every credential of{" "}
          <LabelText wrap className="font-medium text-ink">
            {tenant.name}
          </LabelText>{" "}
          is refused from the next call on, until it is reactivated.
        </>
      }
      typeToConfirm={tenant.name}
      noun="name"
      action="Suspend Tenant"
      pending={suspend.isPending}
      error={suspend.error && failureText(suspend.error)}
      onConfirm={() => {
        setTried(true);
        if (given) suspend.mutate();
      }}
    >
      <WhatBreaks tenant={tenant} />
      <Field
        label="Reason"
        hint="Its admins, support and the audit log see it."
        error={tried && !given ? "Say why." : undefined}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
