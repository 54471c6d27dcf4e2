"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { SecretReveal } from "@/components/people/secret-reveal";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice";
import { SecretField } from "@/components/ui/code";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, Fieldset } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LabelText } from "@/components/ui/label-text";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { PortalError } from "@/lib/browser/http";
import { inviteMember, type MemberRole, roleMeaning, roleName } from "@/lib/browser/members";
import { useRefreshPeople } from "./use-people";

/** Invites somebody: by mail where there is a mail server, else by a link to pass on. */
export default function InviteDialog({
  tenant,
  again,
  onClose,
}: {
  tenant: { id: string; name: string };
  /** An invitation to repeat; its old link is void then. */
  again?: { email: string; role: MemberRole };
  onClose: () => void;
}) {
  const refresh = useRefreshPeople(tenant.id);
  const invite = useMutation({
    mutationFn: (input: { email: string; role: MemberRole }) => inviteMember(tenant.id, input),
    onSuccess: ({ mailed, invitation }) => {
      if (!mailed) return;
      toast.success("Invitation sent", {
        description: `A link is on its way to ${invitation.email}.`,
      });
      onClose();
    },
    onSettled: refresh,
  });
  const link = invite.data?.link;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !invite.isPending && onClose()}
      locked={Boolean(link)}
      title={link ? "Pass this link on" : again ? "Invite again" : "Invite somebody"}
      description={
        link ? undefined : (
          <>
            To <LabelText>{tenant.name}</LabelText>. The link holds for 72 hours and works once.
          </>
        )
      }
    >
      {link ? (
        <SecretReveal
          title="No mail was sent"
          hint={
            <>
              Give this link to {invite.data?.invitation.email} by a way that you trust: whoever
              opens it first can accept. It is shown this once.
            </>
          }
          confirm="I have passed it on"
          onDone={onClose}
        >
          <SecretField label="Link" value={link} />
        </SecretReveal>
      ) : (
        <InviteForm
          initial={again}
          pending={invite.isPending}
          unsent={invite.data?.invitation.email}
          error={invite.error}
          onCancel={onClose}
          onSubmit={invite.mutate}
        />
      )}
    </Dialog>
  );
}

function InviteForm({
  initial,
  pending,
  unsent,
  error,
  onCancel,
  onSubmit,
}: {
  initial?: { email: string; role: MemberRole };
  pending: boolean;
  /** Whom the mail server just took no invitation for. */
  unsent?: string;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (input: { email: string; role: MemberRole }) => void;
}) {
  const [email, setEmail] = useState(initial?.email ?? "");
  const [role, setRole] = useState<MemberRole>(initial?.role ?? "viewer");
  const [tried, setTried] = useState(false);
  const refused = error instanceof PortalError ? error.issueOf("email") : undefined;
  const unfit = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
    ? undefined
    : "Give an e-mail address.";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!pending && !unfit) onSubmit({ email: email.trim(), role });
  };
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        <Field label="E-mail" error={tried ? (unfit ?? refused) : undefined}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Fieldset legend="Role">
          <RadioGroup
            aria-label="Role"
            value={role}
            onValueChange={(next) => setRole(next as MemberRole)}
            options={(["viewer", "admin"] as const).map((value) => ({
              value,
              label: roleName[value],
              hint: roleMeaning[value],
            }))}
          />
        </Fieldset>
        {unsent && (
          <Notice tone="danger" role="alert" title="No mail was sent">
            The mail server didn't take it. The invitation of {unsent} is kept: send it again in a
            moment, here or from the list of members.
          </Notice>
        )}
        {!refused && <FailureNotice error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>{unsent ? "Close" : "Cancel"}</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {unsent ? "Send again" : "Invite"}
        </Button>
      </DialogFooter>
    </form>
  );
}
