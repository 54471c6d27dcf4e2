"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { accountKey, disableTotp } from "@/lib/browser/account";
import { ProveForm } from "./prove-form";

/** Turns two-step sign-in off. */
export default function DisableTotpDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const disable = useMutation({
    mutationFn: disableTotp,
    onSuccess: async () => {
      toast.success("Two-step sign-in is off");
      onClose();
      await client.invalidateQueries({ queryKey: accountKey });
    },
  });
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && !disable.isPending && onClose()}
      title="Turn off two-step sign-in"
      description="From then on your password alone signs you in. Recovery codes are void."
    >
      <ProveForm
        danger
        action="Turn off"
        pending={disable.isPending}
        error={disable.error}
        onCancel={onClose}
        onSubmit={disable.mutate}
      />
    </Dialog>
  );
}
