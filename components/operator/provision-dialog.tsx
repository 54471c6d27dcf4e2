"use client";
import { useMutation } from "@tanstack/react-query";
import { TokenReveal } from "@/components/tokens/token-reveal";
import { Dialog } from "@/components/ui/dialog";
import { LabelText } from "@/components/ui/label-text";
import { provisionTenant } from "@/lib/browser/operator";
import { ProvisionForm } from "./provision-form";
import { useRefreshPlatform } from "./use-tenant-change";

/** Provisions a Tenant: its details first, then its default token, once. */
export default function ProvisionDialog({
  verifyUrl,
  onClose,
}: {
  verifyUrl: string;
  onClose: () => void;
}) {
  const refresh = useRefreshPlatform();
  const provision = useMutation({ mutationFn: provisionTenant, onSettled: refresh });
  const { data } = provision;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !provision.isPending && onClose()}
      locked={provision.isSuccess}
      title={data ? "Tenant provisioned" : "Provision a Tenant"}
      description={
        data ? (
          <>
            The default token of <LabelText wrap>{data.tenant.name}</LabelText>, for its admins: it
            may issue the others.
          </>
        ) : (
          "It gets a default token that may issue others."
        )
      }
    >
      {data ? (
        <TokenReveal secret={data.defaultToken.secret} verifyUrl={verifyUrl} onDone={onClose} />
      ) : (
        <ProvisionForm
          pending={provision.isPending}
          error={provision.error}
          onCancel={onClose}
          onSubmit={provision.mutate}
        />
      )}
    </Dialog>
  );
}
