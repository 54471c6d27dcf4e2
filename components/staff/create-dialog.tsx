"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { SecretReveal } from "@/components/people/secret-reveal";
import { FailureNotice } from "@/components/tokens/failure";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice";
import { SecretField } from "@/components/ui/code";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, Fieldset } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { labelProblem } from "@/lib/browser/label";
import {
  createStaff,
  type StaffRole,
  staffQuery,
  staffRoleMeaning,
  staffRoleName,
} from "@/lib/browser/staff";

type Given = { email: string; name: string; staffRole: StaffRole };

/** Adds a staff account; its first password is shown once. */
export default function CreateDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: createStaff,
    onSettled: () => client.invalidateQueries(staffQuery()),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !create.isPending && onClose()}
      locked={create.isSuccess}
      title={create.isSuccess ? "Account added" : "Add a staff account"}
    >
      {create.isSuccess ? (
        <SecretReveal
          title="Pass this password on now"
          hint={`It is shown this once. ${create.data.user.email} can change it under Account.`}
          confirm="I have passed it on"
          onDone={onClose}
        >
          <SecretField label="Password" value={create.data.password} />
        </SecretReveal>
      ) : (
        <CreateForm
          pending={create.isPending}
          error={create.error}
          onCancel={onClose}
          onSubmit={create.mutate}
        />
      )}
    </Dialog>
  );
}

function CreateForm({
  pending,
  error,
  onCancel,
  onSubmit,
}: {
  pending: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (given: Given) => void;
}) {
  const [given, setGiven] = useState<Given>({ email: "", name: "", staffRole: "support" });
  const [tried, setTried] = useState(false);
  const problems = {
    name: labelProblem(given.name)?.replace("it a label", "a name").replace("label", "name"),
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email.trim())
      ? undefined
      : "Give an e-mail address.",
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (pending || problems.name || problems.email) return;
    onSubmit({ ...given, name: given.name.trim(), email: given.email.trim() });
  };
  const change = (part: Partial<Given>) => setGiven((now) => ({ ...now, ...part }));
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        <Field label="Name" error={tried ? problems.name : undefined}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              value={given.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="E-mail" error={tried ? problems.email : undefined}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              maxLength={254}
              value={given.email}
              onChange={(event) => change({ email: event.target.value })}
            />
          )}
        </Field>
        <Fieldset legend="Role">
          <RadioGroup
            aria-label="Role"
            value={given.staffRole}
            onValueChange={(role) => change({ staffRole: role as StaffRole })}
            options={(["support", "operator"] as const).map((value) => ({
              value,
              label: staffRoleName[value],
              hint: staffRoleMeaning[value],
            }))}
          />
        </Fieldset>
        <FailureNotice error={error} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Add account
        </Button>
      </DialogFooter>
    </form>
  );
}
