"use client";
import { useMutation } from "@tanstack/react-query";
import { SecretReveal } from "@/components/people/secret-reveal";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { SecretField } from "@/components/ui/code";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { issueReset, type StaffMember } from "@/lib/browser/staff";

/** A link for a new password: by mail where there is a mail server, else to be passed on. */
export default function ResetDialog({
  person,
  byMail,
  onClose,
}: {
  person: StaffMember;
  byMail: boolean;
  onClose: () => void;
}) {
  const issue = useMutation({
    mutationFn: () => issueReset(person.id),
    onSuccess: ({ mailed, email }) => {
      if (!mailed) return;
      toast.success("Link sent", {
        description: `It is on its way to ${email} and holds for an hour.`,
      });
      onClose();
    },
  });
  const link = issue.data?.link;
  const unsent = issue.isSuccess && !issue.data.mailed && !link;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !issue.isPending && onClose()}
      locked={Boolean(link)}
      title={link ? "Pass this link on" : "Link for a new password"}
    >
      {link ? (
        <SecretReveal
          title="Pass this link on now"
          hint="It is shown this once, works once and holds for an hour."
          confirm="I have passed it on"
          onDone={onClose}
        >
          <SecretField label="Link" value={link} />
        </SecretReveal>
      ) : (
        <>
          <DialogBody>
            <WhatHappens person={person} byMail={byMail} />
            {unsent && (
              <Notice tone="danger" role="alert" title="No mail was sent">
                The mail server didn't take it. A link sent earlier still works. Try again in a
                moment.
              </Notice>
            )}
            <FailureNotice error={issue.error} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>{unsent ? "Close" : "Cancel"}</Button>
            <Button variant="primary" pending={issue.isPending} onClick={() => issue.mutate()}>
              {unsent ? "Send again" : byMail ? "Send the link" : "Make the link"}
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}

function WhatHappens({ person, byMail }: { person: StaffMember; byMail: boolean }) {
  return (
    <>
      {byMail && (
        <p>
          A link goes to <LabelText wrap>{person.email}</LabelText>. It works once and holds for an
          hour.
        </p>
      )}
      <p>
        Whoever opens the link sets a new password for{" "}
        <LabelText wrap className="font-medium">
          {person.name}
        </LabelText>
        ; that signs them out everywhere. Earlier links are void
        {byMail && " once this one is sent"}.
      </p>
    </>
  );
}
