"use client";
import { useMutation } from "@tanstack/react-query";
import { SecretReveal } from "@/components/people/secret-reveal";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { SecretField } from "@/components/ui/code";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { LabelText } from "@/components/ui/label-text";
import { issueReset, type StaffMember } from "@/lib/browser/staff";

/** Makes a link for a new password, to be passed on. */
export default function ResetDialog({
  person,
  onClose,
}: {
  person: StaffMember;
  onClose: () => void;
}) {
  const issue = useMutation({ mutationFn: () => issueReset(person.id) });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !issue.isPending && onClose()}
      locked={issue.isSuccess}
      title={issue.isSuccess ? "Pass this link on" : "Link for a new password"}
    >
      {issue.isSuccess ? (
        <SecretReveal
          title="Pass this link on now"
          hint="It is shown this once, works once and holds for an hour."
          confirm="I have passed it on"
          onDone={onClose}
        >
          <SecretField label="Link" value={issue.data.link} />
        </SecretReveal>
      ) : (
        <>
          <DialogBody>
            <p>
              Whoever opens the link sets a new password for{" "}
              <LabelText wrap className="font-medium">
                {person.name}
              </LabelText>
              , who is signed out everywhere by it. Earlier links are void.
            </p>
            <FailureNotice error={issue.error} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" pending={issue.isPending} onClick={() => issue.mutate()}>
              Make the link
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
