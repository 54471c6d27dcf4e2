"use client";
import { useMutation } from "@tanstack/react-query";
import { failureText } from "@/components/tokens/failure";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LabelText } from "@/components/ui/label-text";
import { toast } from "@/components/ui/toast";
import { type Member, removeMember } from "@/lib/browser/members";
import { useRefreshPeople } from "./use-people";

/** Removes a member, or lets one leave. */
export default function RemoveDialog({
  tenant,
  member,
  leaving,
  onClose,
}: {
  tenant: { id: string; name: string };
  member: Member;
  /** The reader removes themselves. */
  leaving: boolean;
  onClose: () => void;
}) {
  const refresh = useRefreshPeople(tenant.id);
  const remove = useMutation({
    mutationFn: () => removeMember(tenant.id, member.userId),
    onSuccess: async () => {
      if (leaving) return location.assign("/");
      toast.success("Member removed");
      onClose();
      await refresh();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && !remove.isPending && onClose()}
      title={leaving ? "Leave this Tenant" : "Remove member"}
      description={
        leaving ? (
          <>
            You lose access to <LabelText wrap>{tenant.name}</LabelText> at once. Only an admin can
            let you back in.
          </>
        ) : (
          <>
            <LabelText wrap className="font-medium text-ink">
              {member.name}
            </LabelText>{" "}
            (<LabelText wrap>{member.email}</LabelText>) loses access to{" "}
            <LabelText wrap>{tenant.name}</LabelText> with their next click.
          </>
        )
      }
      action={leaving ? "Leave" : "Remove"}
      pending={remove.isPending}
      error={remove.error && failureText(remove.error)}
      onConfirm={remove.mutate}
    >
      <p className="text-muted">
        Tokens that {leaving ? "you" : "they"} issued stay as they are: revoke those that{" "}
        {leaving ? "you" : "they"} may have kept.
      </p>
    </ConfirmDialog>
  );
}
