"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { accountKey, renewRecoveryCodes } from "@/lib/browser/account";
import { ProveForm } from "./prove-form";
import { RecoveryCodesReveal } from "./recovery-codes";

/** Makes new recovery codes; the old ones are void. */
export default function RecoveryCodesDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const renew = useMutation({ mutationFn: renewRecoveryCodes });
  const done = () => {
    void client.invalidateQueries({ queryKey: accountKey });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !renew.isPending && onClose()}
      locked={renew.isSuccess}
      title="New recovery codes"
      description={renew.isSuccess ? undefined : "The old ones are void as soon as these are made."}
    >
      {renew.isSuccess ? (
        <RecoveryCodesReveal codes={renew.data.recoveryCodes} onDone={done} />
      ) : (
        <ProveForm
          action="Make new codes"
          pending={renew.isPending}
          error={renew.error}
          onCancel={onClose}
          onSubmit={renew.mutate}
        />
      )}
    </Dialog>
  );
}
