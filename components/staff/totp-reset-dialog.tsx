"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { toast } from "@/components/ui/toast";
import { resetTotp, type StaffMember, staffQuery } from "@/lib/browser/staff";

/** For somebody who lost authenticator and recovery codes. */
export default function TotpResetDialog({
  person,
  onClose,
}: {
  person: StaffMember;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const reset = useMutation({
    mutationFn: () => resetTotp(person.id),
    onSuccess: () => {
      toast.success("Two-step sign-in is off for this account");
      onClose();
    },
    onSettled: () => client.invalidateQueries(staffQuery()),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !reset.isPending && onClose()}
      title="Turn off two-step sign-in"
      description={
        <>
          The password alone then signs in{" "}
          <LabelText wrap className="font-medium text-ink">
            {person.name}
          </LabelText>
          . Be sure by another way that it is they who ask.
        </>
      }
      action="Turn off"
      pending={reset.isPending}
      error={reset.error && failureText(reset.error)}
      onConfirm={reset.mutate}
    />
  );
}
