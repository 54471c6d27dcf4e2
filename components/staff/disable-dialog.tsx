"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { toast } from "@/components/ui/toast";
import { type StaffMember, staffQuery, switchStaff } from "@/lib/browser/staff";

/** Disables a staff account, at once and everywhere. */
export default function DisableDialog({
  person,
  onClose,
}: {
  person: StaffMember;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const disable = useMutation({
    mutationFn: () => switchStaff(person.id, true),
    onSuccess: () => {
      toast.success("Account disabled");
      onClose();
    },
    onSettled: () => client.invalidateQueries(staffQuery()),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !disable.isPending && onClose()}
      title="Disable account"
      description={
        <>
          <LabelText wrap className="font-medium text-ink">
            {person.name}
          </LabelText>{" "}
          (<LabelText wrap>{person.email}</LabelText>) is signed out everywhere with their next
          click and can't sign in until the account is enabled.
        </>
      }
      action="Disable"
      pending={disable.isPending}
      error={disable.error && failureText(disable.error)}
      onConfirm={disable.mutate}
    />
  );
}
